import { type App, TerraformResource } from "cdktf";
import type { Transfers } from "../lib/adopt/imports/transfers";
import { oidc } from "../lib/command-name";
import type { Account } from "../lib/config/model/model";
import { type ErrorCode, ProjectError } from "../lib/errors";
import { AccountStack } from "./account-stack";

/**
 * Checks that every import has a declared resource, and that no removed resource is declared.
 * @throws ProjectError `import-account-unknown`, `import-stack-unknown`, `import-address-unknown`,
 * `forget-still-declared` (exit 2)
 */
export function checkTransfers(app: App, accounts: readonly Account[], transfers: Transfers): void {
  const known = new Set(accounts.map(({ key }) => key));
  for (const [account, stacks] of transfers) {
    if (!known.has(account)) {
      throw refusal(
        "import-account-unknown",
        `imports.json names account ${account}, which access.yaml does not have`,
        account,
      );
    }
    for (const [name, { imports, forgotten }] of stacks) {
      const stack = app.node.tryFindChild(name);
      if (!(stack instanceof AccountStack)) {
        throw refusal(
          "import-stack-unknown",
          `imports.json names stack ${name}, which access.yaml does not declare`,
          name,
        );
      }
      const declared = new Set(addressesIn(stack));
      for (const to of Object.keys(imports)) {
        if (declared.has(to)) continue;
        throw refusal(
          "import-address-unknown",
          `imports.json imports to ${name}/${to}, which access.yaml does not declare`,
          to,
        );
      }
      for (const from of forgotten) {
        if (!declared.has(from)) continue;
        throw refusal(
          "forget-still-declared",
          `imports.json removes ${name}/${from} from the state, and access.yaml still declares it`,
          from,
        );
      }
    }
  }
}

function addressesIn(stack: AccountStack): readonly string[] {
  return stack.node
    .findAll()
    .filter(TerraformResource.isTerraformResource)
    .map((resource) => `${resource.terraformResourceType}.${resource.friendlyUniqueId}`);
}

function refusal(code: ErrorCode, message: string, found: string): ProjectError {
  const fix = `run \`${oidc("adopt")}\` again, or correct imports.json`;
  return new ProjectError({ code, message, found, fix, exitCode: 2 });
}
