import { credentials } from "./handlers/credentials/credentials";
import { identityStore } from "./handlers/credentials/identity-store";
import { exclusive } from "./handlers/exclusive/exclusive";
import { policyAttachments } from "./handlers/exclusive/policy-attachments";
import type { AccessHandler } from "./handlers/handler";
import { permissions } from "./handlers/permissions/permissions";
import { unattachedPolicies } from "./handlers/permissions/unattached-policies";
import { oidcProviders } from "./handlers/provider/provider";
import { accountPublicAccess, publicAccess } from "./handlers/public-access/public-access";
import { bucketPolicies } from "./handlers/resource-policies/bucket-policies";
import { duplicatePolicies, resourcePolicies } from "./handlers/resource-policies/resource-policies";
import { runsAs } from "./handlers/runs-as/runs-as";
import { session } from "./handlers/session/session";
import { sharing } from "./handlers/sharing/sharing";
import { forgottenRoles } from "./handlers/trust/forgotten-roles";
import { trust } from "./handlers/trust/trust";
import { contradictions } from "./handlers/undetermined/contradictions";
import { deferred } from "./handlers/undetermined/deferred";
import { managedBySeveral } from "./handlers/undetermined/managed-by-several";
import { notCompared } from "./handlers/undetermined/not-compared";
import { unknownAccounts } from "./handlers/undetermined/unknown-accounts";
import { unresolvedOwners } from "./handlers/undetermined/unresolved-owners";

/** Everything that compares access. A new kind of comparison is one line here. */
export const HANDLERS: readonly AccessHandler[] = [
  trust,
  forgottenRoles,
  permissions,
  unattachedPolicies,
  session,
  credentials,
  identityStore,
  exclusive,
  policyAttachments,
  runsAs,
  oidcProviders,
  bucketPolicies,
  publicAccess,
  accountPublicAccess,
  resourcePolicies,
  duplicatePolicies,
  sharing,
  unresolvedOwners,
  notCompared,
  managedBySeveral,
  // Looks at what the handlers before it report.
  unknownAccounts,
  deferred,
  contradictions,
];
