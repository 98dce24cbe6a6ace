import { issuerOf } from "../../token/issuer";
import { viewOf } from "./account-view";
import { hasGrant } from "./grants";
import type { Access, Account, AnyRole, TerraformScope, TerraformTask } from "./model";
import { pipelineStackName } from "./stack-names";

/**
 * The Access with, for each role that runs Terraform, what it manages: everything that the file
 * declares in the role's account.
 * @param taskOf the role's `terraform` key, by the keys of its project and its own
 */
export function withTerraformScope(
  access: Access,
  taskOf: (project: string, role: string) => TerraformTask | undefined,
): Access {
  const scopeIn = (account: Account, task: TerraformTask): TerraformScope => {
    const view = viewOf(access, account, (project, role) => taskOf(project, role.key) !== undefined);
    const { identity, projects, state } = view.stacks;
    return {
      task,
      roles: view.projectRoles,
      buckets: view.buckets,
      pipelineRoles: view.pipelineRoles.map(({ name, path }) => ({ name, path })),
      issuers: view.providers.map(({ organization }) => issuerOf(organization)),
      isOnlyAccount: access.accounts.length === 1,
      stacks: [identity, ...projects.map(({ name }) => name)],
      administratorStacks: [state, pipelineStackName(account)],
    };
  };
  return {
    ...access,
    projects: access.projects.map((project) => ({
      ...project,
      roles: project.roles.map((role): AnyRole => {
        const task = taskOf(project.key, role.key);
        // A hand-written role never runs Terraform (checks/roles.ts).
        return task === undefined || !hasGrant(role)
          ? role
          : { ...role, terraform: scopeIn(role.account, task) };
      }),
    })),
  };
}
