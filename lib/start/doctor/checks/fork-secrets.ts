import { type CircleCI, connectCircleCI } from "../../../circleci/api/circleci";
import { type ProjectSlug, slugOfRemote } from "../../../circleci/api/slug";
import { readCircleToken } from "../../../circleci/api/token";
import { acceptsTokensWithoutOrigin, hasGrant } from "../../../config/model/grants";
import type { Access, AnyProject, AnyRole, Organization } from "../../../config/model/model";
import { ProjectError } from "../../../errors";
import { circleciProvidersIn } from "../../../iam/audit/audit-trust-policy";
import { possibleServersIn } from "../../../iam/audit/core/possible-servers";
import { findForeignCode } from "../../../iam/audit/rules/foreign-code";
import { parsePolicy } from "../../../iam/language/read-policy";
import { type CheckResult, doubtful, good, unknown } from "./check-result";

const WHAT = "forks";
const SETTING = '"Pass secrets to builds from forked pull requests"';

/**
 * Projects that pass secrets, and with them tokens, to pull requests of forks, while a role takes
 * tokens by which a fork's code gets in: of a granted role those that name no repository, of a
 * hand-written one whatever its policy lets in (CircleCI docs, "OIDC tokens in jobs"). Asked of
 * CircleCI's API with `CIRCLE_TOKEN`; without it the answer is unknown.
 */
export async function checkForkSecrets(
  access: Access,
  env: NodeJS.ProcessEnv,
): Promise<readonly CheckResult[]> {
  const organization = access.organization.id;
  const open = access.projects.flatMap((project): readonly OpenProject[] => {
    const roles = project.roles.filter((role) => takesForeignCode(role, access.organization));
    return roles.length === 0 ? [] : [{ project, roles }];
  });
  if (open.length === 0)
    return [good(WHAT, "every role takes only tokens that name its project's own repository")];
  try {
    const token = await readCircleToken(env, async () => undefined);
    const circleci = await connectCircleCI(token, env, { note: () => undefined });
    return await Promise.all(open.map((one) => settingOf(one, organization, circleci)));
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    const found = open.map(({ project, roles }) => describeOpen(project, roles)).join("; ");
    return [
      unknown(
        WHAT,
        `${found}; not known whether the project passes secrets to forks: ${error.message}`,
        error.fix,
      ),
    ];
  }
}

interface OpenProject {
  readonly project: AnyProject;
  /** Those that a fork's job could assume if it had a token; at least one. */
  readonly roles: readonly AnyRole[];
}

function takesForeignCode(role: AnyRole, organization: Organization): boolean {
  return hasGrant(role)
    ? acceptsTokensWithoutOrigin(role.grant)
    : letsInForeignCode(role.trust.text, organization);
}

/** What cannot be read or decided of a hand-written policy counts as let in. */
function letsInForeignCode(policy: string, { id, server }: Organization): boolean {
  try {
    const read = parsePolicy(policy);
    const servers = [server ?? []].flat();
    if (possibleServersIn(read, servers).length > 0) return true;
    return circleciProvidersIn(read, servers).some((provider) => {
      const { named, unnamed } = findForeignCode(read, provider, id);
      return named.result !== "none" || unnamed.result !== "none";
    });
  } catch (error) {
    if (error instanceof ProjectError) return true;
    throw error;
  }
}

function describeOpen({ key }: AnyProject, roles: readonly AnyRole[]): string {
  const names = roles.map((role) => `${key}/${role.key}`).join(", ");
  return `${names} ${roles.length === 1 ? "takes" : "take"} tokens that do not name the project's repository`;
}

async function settingOf(
  { project, roles }: OpenProject,
  organization: string,
  circleci: CircleCI,
): Promise<CheckResult> {
  const found = describeOpen(project, roles);
  const slug = slugFor(project, organization);
  if (slug === undefined)
    return unknown(WHAT, `${found}; access.yaml does not say which CircleCI projects assume them`);
  try {
    const { areBuilt, getSecrets } = await circleci.forkSettings(slug);
    if (areBuilt === false || getSecrets === false)
      return good(WHAT, `${project.key} passes no secrets to pull requests of forks`);
    if (getSecrets === undefined)
      return unknown(WHAT, `${found}; CircleCI does not say whether ${project.key} passes secrets to forks`);
    return doubtful(
      WHAT,
      `${project.key} passes secrets to pull requests of forks, and ${found}: any repository's code may assume them`,
      `CircleCI → Project Settings → Advanced: turn off ${SETTING}; or take \`tokensWithoutOrigin\` out of access.yaml, and name the repository in hand-written policies`,
    );
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    return unknown(WHAT, `${found}; ${error.message}`, error.fix);
  }
}

/**
 * By the repository where CircleCI names its projects so, else by ids; undefined: the file has
 * neither.
 */
function slugFor({ repository, id }: AnyProject, organization: string): ProjectSlug | undefined {
  try {
    if (repository !== undefined) return slugOfRemote(`https://${repository}`);
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
  }
  return id === undefined ? undefined : { provider: "circleci", organization, project: id };
}
