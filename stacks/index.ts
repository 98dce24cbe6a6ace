import type { App } from "cdktf";
import type { AccountStackProps } from "../constructs/account-stack";
import { checkTransfers } from "../constructs/check-transfers";
import { NO_TRANSFERS, type Transfers } from "../lib/adopt/imports/transfers";
import { accountView } from "../lib/config/model/account-view";
import { hasGrant } from "../lib/config/model/grants";
import type { Access } from "../lib/config/model/model";
import { ForgottenStack } from "./forgotten-stack";
import { IdentityStack } from "./identity-stack";
import { PipelineStack } from "./pipeline-stack";
import { ProjectStack } from "./project-stack";
import { StateStack } from "./state-stack";

/**
 * Every stack of every account: the state bucket first, then the OIDC provider, then the roles that
 * run Terraform with the permissions boundary of all others, then the projects. Stacks depend on
 * each other for their order only; none reads another's outputs.
 * @param transfers resources that Terraform imports into a stack, or removes from its state
 * @throws ProjectError as `checkTransfers`
 */
export function buildStacks(app: App, access: Access, transfers: Transfers = NO_TRANSFERS): void {
  const provider = access.awsProvider === undefined ? {} : { awsProvider: access.awsProvider };
  for (const account of access.accounts) {
    const own = transfers.get(account.key);
    const at = (name: string): AccountStackProps => {
      const ofStack = own?.get(name);
      return { account, ...provider, ...(ofStack === undefined ? {} : { transfers: ofStack }) };
    };
    const { stacks, providers, projectRoles, pipelineRoles } = accountView(access, account);
    const state = new StateStack(app, stacks.state, at(stacks.state));
    const identity = new IdentityStack(app, stacks.identity, {
      ...at(stacks.identity),
      providers,
    });
    identity.addDependency(state);
    const pipeline =
      stacks.pipeline === undefined
        ? undefined
        : new PipelineStack(app, stacks.pipeline, {
            ...at(stacks.pipeline),
            roles: projectRoles,
            pipelineRoles: pipelineRoles.filter(hasGrant),
          });
    pipeline?.addDependency(identity);
    const before = pipeline ?? identity;
    for (const { name, roles, buckets } of stacks.projects) {
      new ProjectStack(app, name, { ...at(name), roles, buckets }).addDependency(before);
    }
    // Once a project's last role is released, the file no longer declares its stack; its state
    // still has resources to forget.
    for (const name of own?.keys() ?? []) {
      if (app.node.tryFindChild(name) === undefined)
        new ForgottenStack(app, name, at(name)).addDependency(before);
    }
  }
  checkTransfers(app, access.accounts, transfers);
}
