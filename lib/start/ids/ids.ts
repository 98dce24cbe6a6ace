import { connectCircleCI } from "../../circleci/api/circleci";
import { readSlug, slugOfRemote } from "../../circleci/api/slug";
import { readCircleToken } from "../../circleci/api/token";
import { remoteOf } from "../../project/git";
import { accessFile } from "../../project/read-access";
import { wrongCall } from "../../project/unknown-name";
import { findIds } from "./find-ids";
import { pickPeople } from "./pick-people";
import { printIds, printWritten } from "./print";
import { openIdsFile, writeIds } from "./write-ids";

export interface IdsOptions {
  /** A project's slug. Default: that of the git remote. */
  readonly project?: string;
  /** Logins or user ids: these people alone. */
  readonly person?: readonly string[];
  /** So many of the newest pipelines are looked at. */
  readonly pipelines: number;
  readonly write?: true;
  readonly replace?: true;
  readonly json?: true;
}

/** What the command runs in. */
export interface IdsHost {
  readonly env: NodeJS.ProcessEnv;
  /** Whose git remote names the project. */
  readonly folder: string;
  /** Told of each wait. */
  readonly note: (text: string) => void;
}

/**
 * Finds ids, and with `write` puts them into access.yaml. What the call, the file and the
 * environment have wrong is found before CircleCI is asked.
 * @returns what to print
 * @throws ProjectError those of `readSlug`, `slugOfRemote`, `readCircleToken`, `circleciApi`,
 * `findIds`, `pickPeople`, `openIdsFile`, `writeIds`
 */
export async function ids(options: IdsOptions, { env, folder, note }: IdsHost): Promise<string> {
  const { project, person, pipelines, write, replace, json } = options;
  if (replace === true && write !== true)
    throw wrongCall("--replace changes nothing without --write", "add --write");
  const slug = project === undefined ? slugOfRemote(await remoteOf(folder)) : readSlug(project);
  const target = write === true ? openIdsFile(accessFile(env)) : undefined;
  const circleci = await connectCircleCI(await readCircleToken(env), env, { note });
  const found = await findIds(circleci, slug, pipelines);
  const shown = person === undefined ? found : pickPeople(found, person);
  const how = { isAskedFor: person !== undefined, replace: replace === true };
  const written = target === undefined ? undefined : writeIds(target, shown, how);
  if (json === true) return JSON.stringify({ ...shown, written }, null, 2);
  return written === undefined ? printIds(shown) : `${printIds(shown)}\n\n${printWritten(written)}`;
}
