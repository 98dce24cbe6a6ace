import type { App } from "cdktf";
import { audiencesOf } from "../lib/access/audiences";
import type { Access, Account, Role } from "../lib/access/model";
import {
  identityStackName,
  pipelineStackName,
  projectStackName,
  stateStackName,
} from "../lib/access/stack-names";
import { IdentityStack } from "./identity-stack";
import { PipelineStack } from "./pipeline-stack";
import { ProjectStack } from "./project-stack";
import { StateStack } from "./state-stack";

/**
 * Every stack of every account: the state bucket first, then the provider, then the pipeline's roles with the boundary of all others, then
 * the projects. They depend on each other for order only.
 */
export function buildStacks(app: App, access: Access): void {
  for (const account of access.accounts) {
    const state = new StateStack(app, stateStackName(account), { account });
    const all = rolesByProject(access, account);
    const isOrdinary = ({ terraform }: Role): boolean => terraform === undefined;
    const identity = new IdentityStack(app, identityStackName(account), {
      account,
      organization: access.organization.id,
      audiences: audiencesOf(access.organization, [...all.values()].flat()),
    });
    identity.addDependency(state);
    const roles = [...all.values()].flat().filter(isOrdinary);
    const pipelineRoles = [...all.values()].flat().filter((role) => !isOrdinary(role));
    const pipeline =
      pipelineRoles.length === 0
        ? undefined
        : new PipelineStack(app, pipelineStackName(account), { account, roles, pipelineRoles });
    pipeline?.addDependency(identity);
    for (const [project, own] of all) {
      const ordinary = own.filter(isOrdinary);
      if (ordinary.length === 0) continue;
      const name = projectStackName(account, project);
      new ProjectStack(app, name, { account, roles: ordinary }).addDependency(pipeline ?? identity);
    }
  }
}

function rolesByProject(access: Access, account: Account): ReadonlyMap<string, readonly Role[]> {
  const projects = access.projects.map(
    ({ key, roles }) => [key, roles.filter((role) => role.account.key === account.key)] as const,
  );
  return new Map(projects.filter(([, roles]) => roles.length > 0));
}
