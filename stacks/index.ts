import type { App } from "cdktf";
import type { AccountStackProps } from "../constructs/account-stack";
import { checkTransfers } from "../constructs/check-transfers";
import { NO_TRANSFERS, type Transfers } from "../lib/adopt/imports/transfers";
import { audiencesOf } from "../lib/config/model/audiences";
import { hasGrant } from "../lib/config/model/granted-roles";
import type { Access, Account, AnyRole, ProjectBucket } from "../lib/config/model/model";
import {
  identityStackName,
  pipelineStackName,
  projectStackName,
  stateStackName,
} from "../lib/config/model/stack-names";
import { issuerOf } from "../lib/token/issuer";
import { ForgottenStack } from "./forgotten-stack";
import { IdentityStack } from "./identity-stack";
import { PipelineStack } from "./pipeline-stack";
import { ProjectStack } from "./project-stack";
import { StateStack } from "./state-stack";

/**
 * Every stack of every account: the state bucket first, then the provider, then the pipeline's
 * roles with the boundary of all others, then the projects. They depend on each other for order
 * only.
 * @param transfers what exists and comes under a stack, or leaves one
 * @throws ProjectError of `checkTransfers`
 */
export function buildStacks(app: App, access: Access, transfers: Transfers = NO_TRANSFERS): void {
  for (const account of access.accounts) {
    const own = transfers.get(account.key);
    const at = (name: string): AccountStackProps => {
      const ofStack = own?.get(name);
      return ofStack === undefined ? { account } : { account, transfers: ofStack };
    };
    const stateName = stateStackName(account);
    const state = new StateStack(app, stateName, at(stateName));
    const projects = projectsIn(access, account);
    const roles = projects.flatMap((project) => project.roles);
    const identityName = identityStackName(account);
    const identity = new IdentityStack(app, identityName, {
      ...at(identityName),
      issuer: issuerOf(access.organization),
      audiences: audiencesOf(access.organization, account, roles),
    });
    identity.addDependency(state);
    const pipelineRoles = roles.filter(hasGrant).filter(runsTerraform);
    const pipelineName = pipelineStackName(account);
    const pipeline =
      pipelineRoles.length === 0
        ? undefined
        : new PipelineStack(app, pipelineName, {
            ...at(pipelineName),
            roles: roles.filter((role) => !runsTerraform(role)),
            pipelineRoles,
          });
    pipeline?.addDependency(identity);
    const before = pipeline ?? identity;
    for (const { key, roles: all, buckets } of projects) {
      const ordinary = all.filter((role) => !runsTerraform(role));
      if (ordinary.length + buckets.length === 0) continue;
      const name = projectStackName(account, key);
      new ProjectStack(app, name, { ...at(name), roles: ordinary, buckets }).addDependency(before);
    }
    // A project whose last role was released is no more in the file, but its state still has to
    // forget.
    for (const name of own?.keys() ?? []) {
      if (app.node.tryFindChild(name) === undefined)
        new ForgottenStack(app, name, at(name)).addDependency(before);
    }
  }
  checkTransfers(app, access.accounts, transfers);
}

interface ProjectPart {
  readonly key: string;
  readonly roles: readonly AnyRole[];
  readonly buckets: readonly ProjectBucket[];
}

function projectsIn(access: Access, account: Account): readonly ProjectPart[] {
  return access.projects
    .map(({ key, roles, buckets }) => ({
      key,
      roles: roles.filter((role) => role.account.key === account.key),
      buckets: buckets.filter((bucket) => bucket.account.key === account.key),
    }))
    .filter(({ roles, buckets }) => roles.length + buckets.length > 0);
}

function runsTerraform({ terraform }: AnyRole): boolean {
  return terraform !== undefined;
}
