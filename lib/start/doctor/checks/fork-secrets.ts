import { type CircleCI, connectCircleCI } from "../../../circleci/api/circleci";
import { type ProjectSlug, slugOfRemote } from "../../../circleci/api/slug";
import { readCircleToken } from "../../../circleci/api/token";
import { onlyServer } from "../../../circleci/only-server";
import { acceptsTokensWithoutOrigin, hasGrant } from "../../../config/model/grants";
import type { Access, AnyProject, AnyRole, Organization } from "../../../config/model/model";
import { ProjectError } from "../../../errors";
import { circleciProvidersIn } from "../../../iam/audit/audit-trust-policy";
import { possibleServersIn } from "../../../iam/audit/core/possible-servers";
import { findForeignCode } from "../../../iam/audit/rules/foreign-code";
import { parsePolicy } from "../../../iam/language/read-policy";
import { type CheckResult, good, unknown, warning } from "./check-result";

const WHAT = "forks";
const SETTING = '"Pass secrets to builds from forked pull requests"';

/**
 * Whether code from a fork could assume a role: a project passes secrets, and OIDC tokens with
 * them, to pull requests from forks (CircleCI docs, "OIDC tokens in jobs"), and one of its roles
 * accepts such a token. A role of access.yaml accepts it with `tokensWithoutOrigin`, a hand-written
 * role if its trust policy does. The setting is read from CircleCI's API with `CIRCLE_TOKEN`;
 * without it the result is unknown.
 */
export async function checkForkSecrets(
  access: Access,
  env: NodeJS.ProcessEnv,
): Promise<readonly CheckResult[]> {
  const open = access.projects.flatMap((project): readonly OpenProject[] => {
    const roles = project.roles.filter((role) => acceptsForeignCode(role, project.organization));
    return roles.length === 0 ? [] : [{ project, roles }];
  });
  if (open.length === 0) return [good(WHAT, "every role accepts only tokens from its project's repository")];
  try {
    const token = await readCircleToken(env, async () => undefined);
    const servers = open.map(({ project }) => project.organization.server);
    const quiet = { note: () => undefined };
    const circleci = await connectCircleCI(token, env, { ...quiet, ...onlyServer(servers, env) });
    return await Promise.all(open.map((one) => settingOf(one, circleci)));
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    const found = open.map(({ project, roles }) => describeOpen(project, roles)).join("; ");
    return [
      unknown(
        WHAT,
        `${found}; whether the project passes secrets to forks is unknown: ${error.message}`,
        error.fix,
      ),
    ];
  }
}

interface OpenProject {
  readonly project: AnyProject;
  /** Roles that a fork's job could assume if it had a token; at least one. */
  readonly roles: readonly AnyRole[];
}

function acceptsForeignCode(role: AnyRole, organization: Organization): boolean {
  return hasGrant(role)
    ? acceptsTokensWithoutOrigin(role.grant)
    : policyAcceptsForeignCode(role.trust.text, organization);
}

/** A hand-written policy that cannot be read or decided counts as accepting such tokens. */
function policyAcceptsForeignCode(policy: string, { id, server }: Organization): boolean {
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
  return `${names} ${roles.length === 1 ? "accepts" : "accept"} tokens that do not name the project's repository`;
}

async function settingOf({ project, roles }: OpenProject, circleci: CircleCI): Promise<CheckResult> {
  const found = describeOpen(project, roles);
  const slug = slugFor(project);
  if (slug === undefined) return unknown(WHAT, `${found}; access.yaml does not name their CircleCI project`);
  try {
    const { areBuilt, getSecrets } = await circleci.forkSettings(slug);
    if (areBuilt === false || getSecrets === false)
      return good(WHAT, `${project.key} passes no secrets to pull requests from forks`);
    if (getSecrets === undefined)
      return unknown(WHAT, `${found}; CircleCI does not say whether ${project.key} passes secrets to forks`);
    return warning(
      WHAT,
      `${project.key} passes secrets to pull requests from forks, and ${found}: code from any fork can assume them`,
      `CircleCI → Project Settings → Advanced: turn off ${SETTING}; or remove \`tokensWithoutOrigin\` from access.yaml and name the repository in hand-written trust policies`,
    );
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    return unknown(WHAT, `${found}; ${error.message}`, error.fix);
  }
}

/**
 * From the repository if CircleCI names the project by it, else from the IDs; undefined: the file
 * has neither.
 */
function slugFor({ repository, id, organization }: AnyProject): ProjectSlug | undefined {
  try {
    if (repository !== undefined) return slugOfRemote(`https://${repository}`);
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
  }
  return id === undefined ? undefined : { provider: "circleci", organization: organization.id, project: id };
}
