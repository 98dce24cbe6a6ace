import { connectCircleCI } from "../../circleci/api/circleci";
import { readSlug, slugOfRemote } from "../../circleci/api/slug";
import { readCircleToken } from "../../circleci/api/token";
import { remoteOf } from "../../project/git";
import { accessFile } from "../../project/project-root";
import { wrongCall } from "../../project/unknown-name";
import type { StartHost } from "../host";
import { findIds } from "./find-ids";
import { pickPeople } from "./pick-people";
import { printIds, printWritten } from "./print";
import { serverFor } from "./server";
import { openIdsFile, writeIds } from "./write-ids";

export interface IdsOptions {
  /** Project slug. Default: from the git remote. */
  readonly project?: string;
  /** Only these people: logins or user IDs. */
  readonly person?: readonly string[];
  /** How many of the newest pipelines to search. */
  readonly pipelines: number;
  readonly write?: true;
  readonly replace?: true;
  readonly json?: true;
}

/**
 * Finds IDs and, with `write`, adds them to access.yaml. Errors in the call, the file and the
 * environment are reported before CircleCI is asked.
 * @returns the text to print
 * @throws ProjectError those of `readSlug`, `slugOfRemote`, `readCircleToken`, `connectCircleCI`,
 * `serverFor`, `findIds`, `pickPeople`, `openIdsFile`, `writeIds`
 */
export async function ids(
  options: IdsOptions,
  { env, folder, note }: Pick<StartHost, "env" | "folder" | "note">,
): Promise<string> {
  const { project, person, pipelines, write, replace, json } = options;
  if (replace === true && write !== true) throw wrongCall("--replace requires --write", "add --write");
  const slug = project === undefined ? slugOfRemote(await remoteOf(folder)) : readSlug(project);
  const target = write === true ? openIdsFile(accessFile(env)) : undefined;
  const server = serverFor(env);
  const circleci = await connectCircleCI(await readCircleToken(env), env, { note, ...server });
  const found = await findIds(circleci, slug, pipelines);
  const shown = person === undefined ? found : pickPeople(found, person);
  const how = { isAskedFor: person !== undefined, replace: replace === true };
  const written = target === undefined ? undefined : writeIds(target, shown, how);
  if (json === true) return JSON.stringify({ ...shown, written }, null, 2);
  return written === undefined ? printIds(shown) : `${printIds(shown)}\n\n${printWritten(written)}`;
}
