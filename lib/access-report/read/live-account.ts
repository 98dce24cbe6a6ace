import { readClients } from "../../adopt/discover/read-clients";
import type { FoundRole } from "../../adopt/inventory/inventory";
import { foundPermissions } from "../../adopt/propose/found-permissions";
import { checkCaller } from "../../aws/caller";
import { accountView } from "../../config/model/account-view";
import type { Access, Account } from "../../config/model/model";
import { TrustComparisons } from "../../diff/tokens/trust-comparisons";
import { ProjectError } from "../../errors";
import type { AwsData } from "../../iam/data/aws-data";
import { providerArn } from "../../iam/language/arns";
import { parsePolicy } from "../../iam/language/read-policy";
import { compareAccount, type LiveComparison } from "../../live/compare/compare-account";
import type { AccountAsItIs } from "../../live/read/account-as-it-is";
import { isLiveCall } from "../../live/read/live-calls";
import { readAccount } from "../../live/read/read-account";
import { issuerOf } from "../../token/issuer";
import { acceptedByPolicy } from "../model/accepted";
import { reportedPermissions } from "../model/permissions";
import type { OutsideAccount, OutsideRole } from "../model/report";

/**
 * An account as it is: what the file does not declare there, and where it differs from the file.
 */
export interface LiveAccount {
  readonly outside: OutsideAccount;
  readonly comparison: LiveComparison;
}

/**
 * Asks AWS, with calls that read only (docs/report.md) and the credentials of the environment.
 * @throws ProjectError `no-credentials`, `aws-unreachable`, `wrong-account`, `aws-not-asked`
 */
export async function liveAccount(access: Access, account: Account, aws: AwsData): Promise<LiveAccount> {
  await checkCaller(account);
  const clients = readClients(account.region, {}, isLiveCall);
  try {
    const found = await readAccount(clients, access, account);
    return {
      outside: outsideOf(access, account, found, aws),
      comparison: compareAccount(access, account, found, aws),
    };
  } finally {
    clients.close();
  }
}

/** What the account has for CircleCI and the file does not declare. Pure. */
export function outsideOf(
  access: Access,
  account: Account,
  { roles, providers, policies, refused }: AccountAsItIs,
  aws: AwsData,
): OutsideAccount {
  const view = accountView(access, account);
  // IAM's names are unique without regard to case.
  const own = new Set(view.roles.map(({ name }) => name.toLowerCase()));
  const declared = new Set(
    view.providers.map(({ organization }) => providerArn(account, issuerOf(organization))),
  );
  const trusts = new TrustComparisons([], access);
  return {
    account: account.key,
    roles: roles
      .filter(({ name }) => !own.has(name.toLowerCase()))
      .map((role) => outsideRole(role, foundPermissions(role, policies, aws), { access, aws, trusts })),
    providers: providers.filter(({ arn }) => !declared.has(arn)).map(({ arn, url }) => ({ arn, url })),
    refused,
  };
}

function outsideRole(
  { name, arn, trust }: FoundRole,
  permissions: ReturnType<typeof foundPermissions>,
  {
    access,
    aws,
    trusts,
  }: { readonly access: Access; readonly aws: AwsData; readonly trusts: TrustComparisons },
): OutsideRole {
  const common = { name, arn, permissions: reportedPermissions(permissions, aws.actions) };
  try {
    const { groups, hasMore } = acceptedByPolicy(parsePolicy(trust), access, trusts);
    return { ...common, accepted: groups, hasMore };
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    return { ...common, hasMore: true };
  }
}
