import { grantingProjects } from "../../access/granted-roles";
import type { Access, Project } from "../../access/model";
import { type CircleCI, connectCircleCI } from "../../circleci/api/circleci";
import { type ProjectSlug, slugOfRemote } from "../../circleci/api/slug";
import { readCircleToken } from "../../circleci/api/token";
import { ProjectError } from "../../errors";
import { type CheckResult, doubtful, good, unknown } from "../finding";

const WHAT = "forks";
const SETTING = '"Pass secrets to builds from forked pull requests"';

/**
 * Projects that pass secrets, and with them tokens, to pull requests of forks, while a role takes tokens from any ref: a V1 token does not say which
 * repository its code is of (CircleCI docs, "OIDC tokens in jobs"). Asked of CircleCI's API with `CIRCLE_TOKEN`, and of nobody without it.
 */
export async function checkForkSecrets(
  access: Access,
  env: NodeJS.ProcessEnv,
): Promise<readonly CheckResult[]> {
  const open = grantingProjects(access).filter(({ roles }) =>
    roles.some(({ grant }) => grant.refs.kind === "any"),
  );
  if (open.length === 0)
    return [good(WHAT, "every role lists its branches and tags: no token without a ref gets in")];
  try {
    const token = await readCircleToken(env, async () => undefined);
    const circleci = await connectCircleCI(token, env, { note: () => undefined });
    return await Promise.all(open.map((project) => settingOf(project, access.organization.id, circleci)));
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    const keys = open.map(({ key }) => key).join(", ");
    return [unknown(WHAT, `not known whether secrets go to forks of ${keys}: ${error.message}`, error.fix)];
  }
}

async function settingOf(project: Project, organization: string, circleci: CircleCI): Promise<CheckResult> {
  try {
    const { areBuilt, getSecrets } = await circleci.forkSettings(slugFor(project, organization));
    if (areBuilt === false || getSecrets === false)
      return good(WHAT, `${project.key} passes no secrets to pull requests of forks`);
    if (getSecrets === undefined) return unknown(WHAT, `CircleCI does not say it of ${project.key}`);
    const roles = project.roles.filter(({ grant }) => grant.refs.kind === "any").map(({ key }) => key);
    return doubtful(
      WHAT,
      `${project.key} passes secrets to pull requests of forks, and ${roles.join(", ")} may be assumed from any ref`,
      `CircleCI → Project Settings → Advanced: turn off ${SETTING}; or list the branches`,
    );
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    return unknown(WHAT, `${project.key}: ${error.message}`, error.fix);
  }
}

/** By the repository where CircleCI names its projects so, else by ids. */
function slugFor({ repository, id }: Project, organization: string): ProjectSlug {
  try {
    return slugOfRemote(`https://${repository}`);
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    return { provider: "circleci", organization, project: id };
  }
}
