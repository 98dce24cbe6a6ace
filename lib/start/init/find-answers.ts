import { callerIdentity, callerUnknown } from "../../aws/caller";
import { connectCircleCI } from "../../circleci/api/circleci";
import { type ProjectSlug, readSlug, slugOfRemote } from "../../circleci/api/slug";
import { readCircleToken } from "../../circleci/api/token";
import { keyPattern, memberPattern } from "../../config/rules/names";
import { ProjectError } from "../../errors";
import { remoteOf } from "../../project/git";
import { readRepository } from "../../project/repository-address";
import type { StartHost } from "../host";
import type { Answers } from "./answers";

interface FindSettings extends Pick<StartHost, "env" | "folder" | "note"> {
  /** The project's slug in CircleCI. Default: from the repository. */
  readonly slug?: string;
}

/**
 * Finds values without asking: the repository from git, its project, organization and the owner of
 * `CIRCLE_TOKEN` from CircleCI, and the account of the credentials from AWS. A value that cannot be
 * found is left out, with a note.
 */
export async function findAnswers(settings: FindSettings): Promise<Partial<Answers>> {
  const { env, folder, note } = settings;
  const remote = await remoteOf(folder).catch(() => undefined);
  const found = remote === undefined ? undefined : readRepository(remote);
  if (found === undefined) note("git: no remote of this folder names a repository");
  const name = found?.path.split("/").at(-1) ?? "";
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION || "us-east-1";
  const [circleci, aws] = await Promise.all([askCircleCi(remote, settings), askAws(region, note)]);
  return {
    ...(found === undefined ? {} : { repository: `${found.site}/${found.path}` }),
    ...(new RegExp(keyPattern).test(name) ? { project: name } : {}),
    ...circleci,
    branch: "main",
    region,
    ...(aws === undefined ? {} : { account: aws, stateBucket: `terraform-state-${aws}-${region}` }),
  };
}

async function askCircleCi(
  remote: string | undefined,
  { env, slug: text, note }: FindSettings,
): Promise<Partial<Answers>> {
  try {
    const token = await readCircleToken(env, async () => undefined);
    const circleci = await connectCircleCI(token, env, { note });
    const me = await circleci.me();
    const person = nameFor(me);
    const own = { personId: me.id, ...(person === undefined ? {} : { person }) };
    const slug = slugFrom(text, remote, note);
    if (slug === undefined) return own;
    const project = await circleci.project(slug);
    return { ...own, organization: project.organization_id, projectId: project.id };
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    note(`CircleCI: ${error.message}`);
    return {};
  }
}

function slugFrom(
  text: string | undefined,
  remote: string | undefined,
  note: (line: string) => void,
): ProjectSlug | undefined {
  if (text !== undefined) return readSlug(text);
  try {
    return slugOfRemote(remote);
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    note(`CircleCI: ${error.message}${error.fix === undefined ? "" : ` (${error.fix})`}`);
    return undefined;
  }
}

function nameFor({ login, name }: { readonly login: string; readonly name?: string | null | undefined }) {
  const plain = [login, (name ?? "").split(" ")[0] ?? ""].map((one) => one.toLowerCase());
  return plain.find((one) => one !== "everyone" && new RegExp(memberPattern).test(one));
}

async function askAws(region: string, note: StartHost["note"]): Promise<string | undefined> {
  try {
    return (await callerIdentity(region)).account;
  } catch (error) {
    note(`AWS: ${callerUnknown(error).message}`);
    return undefined;
  }
}
