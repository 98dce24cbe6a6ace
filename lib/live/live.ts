import { readClients } from "../adopt/discover/read-clients";
import { checkCaller } from "../aws/caller";
import type { Access, Account } from "../config/model/model";
import type { AwsData } from "../iam/data/aws-data";
import { compareAccount, type LiveComparison } from "./compare/compare-account";
import { isLiveCall } from "./read/live-calls";
import { readAccount } from "./read/read-account";

/**
 * Compares an account as it is with what access.yaml declares in it: OIDC providers, roles with
 * their trust policies, permissions, boundaries and session durations, and who gets into the
 * buckets of the file. Every difference is decided by proof, as a review decides it. Calls that
 * read only (docs/watch.md), with the credentials of the environment.
 * @param aws what is known of AWS: `awsPolicies` of lib/project/aws-data.ts
 * @throws ProjectError `no-credentials`, `aws-unreachable`, `wrong-account`, `aws-not-asked`. A
 * refused call is no error: what it would have read is in `review.notExamined`
 */
export async function liveOf(access: Access, account: Account, aws: AwsData): Promise<LiveComparison> {
  await checkCaller(account);
  const clients = readClients(account.region, {}, isLiveCall);
  try {
    return compareAccount(access, account, await readAccount(clients, access, account), aws);
  } finally {
    clients.close();
  }
}
