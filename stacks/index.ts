import type { App } from "cdktf";
import { audiencesOf } from "../lib/access/audiences";
import type { Access, Account, Role } from "../lib/access/model";
import { identityStackName, projectStackName, stateStackName } from "../lib/access/stack-names";
import { IdentityStack } from "./identity-stack";
import { ProjectStack } from "./project-stack";
import { StateStack } from "./state-stack";

/** Every stack of every account: the state bucket first, then the provider, then the projects, which depend on it for order only. */
export function buildStacks(app: App, access: Access): void {
  for (const account of access.accounts) {
    const state = new StateStack(app, stateStackName(account), { account });
    const projects = rolesByProject(access, account);
    const identity = new IdentityStack(app, identityStackName(account), {
      account,
      organization: access.organization.id,
      audiences: audiencesOf(access.organization, [...projects.values()].flat()),
    });
    identity.addDependency(state);
    for (const [project, roles] of projects) {
      new ProjectStack(app, projectStackName(account, project), { account, roles }).addDependency(identity);
    }
  }
}

function rolesByProject(access: Access, account: Account): ReadonlyMap<string, readonly Role[]> {
  const projects = access.projects.map(
    ({ key, roles }) => [key, roles.filter((role) => role.account.key === account.key)] as const,
  );
  return new Map(projects.filter(([, roles]) => roles.length > 0));
}
