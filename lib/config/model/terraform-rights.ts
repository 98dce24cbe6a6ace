import { compareText } from "../../collections/sort";
import { hasGrant } from "./granted-roles";
import type { Access, Account, AnyRole, TerraformRights, TerraformTask } from "./model";
import { identityStackName, pipelineStackName, projectStackName, stateStackName } from "./stack-names";

/**
 * The file with all that its roles that run Terraform have to do with: what the file has in the
 * account of each.
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
    const buckets = access.projects.flatMap((project) =>
      project.buckets
        .filter((bucket) => bucket.account.key === account.key)
        .map((bucket) => ({ project: project.key, bucket })),
    );
    const projects = [...new Set([...ordinary, ...buckets].map(({ project }) => project))].sort(compareText);
    return {
      task,
      roles: ordinary.map(({ role }) => role),
      buckets: buckets.map(({ bucket }) => bucket),
      pipelineRoles: within
        .filter((one) => one.task !== undefined)
        .map(({ role: { name, path } }) => ({ name, path })),
      isOnlyAccount: access.accounts.length === 1,
      stacks: [identityStackName(account), ...projects.map((key) => projectStackName(account, key))],
      administratorStacks: [stateStackName(account), pipelineStackName(account)],
    };
  };
  return {
    ...access,
    projects: access.projects.map((project) => ({
      ...project,
      roles: project.roles.map((role): AnyRole => {
        const task = taskOf(project.key, role.key);
        // A hand-written role runs no Terraform: checks/roles.ts.
        return task === undefined || !hasGrant(role)
          ? role
          : { ...role, terraform: rightsIn(role.account, task) };
      }),
    })),
  };
}
