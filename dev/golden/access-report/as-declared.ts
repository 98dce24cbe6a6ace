import type { FoundRole } from "../../../lib/adopt/inventory/inventory";
import type { Access, Account } from "../../../lib/config/model/model";
import { declaredSettings } from "../../../lib/live/compare/bucket-resources";
import {
  declaredBoundary,
  declaredBuckets,
  declaredProviders,
  declaredRole,
  declaredRoles,
} from "../../../lib/live/compare/declared-resources";
import type { AccountAsItIs } from "../../../lib/live/read/account-as-it-is";

/** What AWS answers of an account that is exactly as the file declares it. */
export function accountAsDeclared(access: Access, account: Account): AccountAsItIs {
  return {
    providers: declaredProviders(access, account).map(({ values }) => ({
      arn: String(values.arn),
      url: String(values.url),
      kind: "own",
      audiences: values.client_id_list as readonly string[],
      thumbprints: ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"],
      tags: {},
    })),
    roles: declaredRoles(access, account).map((one) => roleOf(declaredRole(one).values)),
    policies: declaredBoundary(access, account).map(({ values }) => ({
      arn: String(values.arn),
      name: String(values.name),
      path: String(values.path),
      document: String(values.policy),
      tags: {},
    })),
    buckets: new Map(declaredBuckets(access, account).map((one) => [one.bucket, declaredSettings(one)])),
    refused: [],
  };
}

function roleOf(values: Readonly<Record<string, unknown>>): FoundRole {
  const inline = values.inline_policy as readonly { readonly name: string; readonly policy: string }[];
  const boundary = values.permissions_boundary;
  return {
    name: String(values.name),
    arn: String(values.arn),
    path: String(values.path),
    sessionSeconds: Number(values.max_session_duration),
    // AWS answers with another layout.
    trust: JSON.stringify(JSON.parse(String(values.assume_role_policy)), null, 2),
    inline: inline.map(({ name, policy }) => ({ name, document: policy })),
    attached: values.managed_policy_arns as readonly string[],
    ...(boundary === undefined ? {} : { boundary: String(boundary) }),
    tags: {},
  };
}
