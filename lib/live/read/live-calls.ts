import { READ_CALLS, type ReadCall } from "../../adopt/discover/read-calls";

/**
 * Every call to AWS with which an account is compared with access.yaml, all of them of `adopt`'s.
 * The permissions of the role `watch` are the same actions
 * (lib/iam/write/terraform/watch-permissions.ts).
 */
const LIVE_CALLS: readonly ReadCall[] = [
  "ListOpenIDConnectProvidersCommand",
  "GetOpenIDConnectProviderCommand",
  "GetAccountAuthorizationDetailsCommand",
  "GetRoleCommand",
  "GetBucketVersioningCommand",
  "GetPublicAccessBlockCommand",
  "GetBucketOwnershipControlsCommand",
  "GetBucketPolicyCommand",
];

const NAMES: ReadonlySet<string> = new Set(LIVE_CALLS);

export function isLiveCall(name: string): boolean {
  return NAMES.has(name);
}

/** The required permissions, sorted. */
export const LIVE_ACTIONS: readonly string[] = LIVE_CALLS.map((call): string => READ_CALLS[call]).sort();
