import { type Command, InvalidArgumentError } from "commander";
import { connectCircleCI } from "../lib/circleci/api/circleci";
import { readSlug, slugOfRemote } from "../lib/circleci/api/slug";
import { readCircleToken } from "../lib/circleci/api/token";
import { findIds } from "../lib/ids/find-ids";
import { pickPeople } from "../lib/ids/pick-people";
import { printIds, printWritten } from "../lib/ids/print";
import { openIdsFile, writeIds } from "../lib/ids/write-ids";
import { remoteOf } from "../lib/project/git";
import { accessFile } from "../lib/project/read-access";
import { wrongCall } from "../lib/project/unknown-name";

interface Options {
  readonly project?: string;
  readonly person?: readonly string[];
  readonly pipelines: number;
  readonly write?: true;
  readonly replace?: true;
  readonly json?: true;
}

/** `oidc ids`. */
export function addIds(program: Command): void {
  program
    .command("ids")
    .description(
      "The ids of your CircleCI organization, project and people, which access.yaml is made of. Asks CircleCI with CIRCLE_TOKEN.",
    )
    .option("--project <slug>", "such as gh/acme/website or circleci/ORG/PROJECT (default: the git remote's)")
    .option("--person <login...>", "these people alone")
    .option("--pipelines <count>", "how many of the newest pipelines to look for people in", readCount, 100)
    .option("--write", "add what access.yaml lacks, and leave everything else in it as it is")
    .option("--replace", "with --write: other ids of the organization and the project are replaced")
    .option("--json", "everything, for programs")
    .action(run);
}

async function run({ project, person, pipelines, write, replace, json }: Options): Promise<void> {
  if (replace === true && write !== true)
    throw wrongCall("--replace changes nothing without --write", "add --write");
  const slug = project === undefined ? slugOfRemote(await remoteOf(process.cwd())) : readSlug(project);
  const target = write === true ? openIdsFile(accessFile()) : undefined;
  const token = await readCircleToken(process.env);
  const circleci = await connectCircleCI(token, process.env, { note: (text) => console.error(text) });
  const found = await findIds(circleci, slug, pipelines);
  const ids = person === undefined ? found : pickPeople(found, person);
  const written =
    target === undefined
      ? undefined
      : writeIds(target, ids, { isAskedFor: person !== undefined, replace: replace === true });
  if (json === true) return console.log(JSON.stringify({ ...ids, written }, null, 2));
  console.log(printIds(ids));
  if (written !== undefined) console.log(`\n${printWritten(written)}`);
}

function readCount(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("a whole number, 0 to 9999.");
}
