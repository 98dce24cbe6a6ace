import type { Access, Account, Role, TerraformRights, TerraformTask } from "./model";
import { identityStackName, pipelineStackName, projectStackName, stateStackName } from "./stack-names";

/**
 * The file with all that its roles that run Terraform have to do with: what the file has in the account of each.
 * @param taskOf whether a role runs Terraform, by the keys of its project and its own
 */
export function withTerraformRights(
  access: Access,
  taskOf: (project: string, role: string) => TerraformTask | undefined,
): Access {
  const all = access.projects.flatMap(({ key: project, roles }) =>
    roles.map((role) => ({ project, role, task: taskOf(project, role.key) })),
  );
  const rightsIn = (account: Account, task: TerraformTask): TerraformRights => {
    const within = all.filter(({ role }) => role.account.key === account.key);
    const ordinary = within.filter((one) => one.task === undefined);
    const projects = new Set(ordinary.map(({ project }) => project));
    return {
      task,
      roles: ordinary.map(({ role }) => role),
      pipelineRoles: within
        .filter((one) => one.task !== undefined)
        .map(({ role: { name, path } }) => ({ name, path })),
      isOnlyAccount: access.accounts.length === 1,
      stacks: [identityStackName(account), ...[...projects].map((key) => projectStackName(account, key))],
      administratorStacks: [stateStackName(account), pipelineStackName(account)],
    };
  };
  return {
    ...access,
    projects: access.projects.map((project) => ({
      ...project,
      roles: project.roles.map((role): Role => {
        const task = taskOf(project.key, role.key);
        return task === undefined ? role : { ...role, terraform: rightsIn(role.account, task) };
      }),
    })),
  };
}
