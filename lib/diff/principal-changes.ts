import type { PlanContext, Step } from "./context/plan-context";
import { credentialChangesOf } from "./handlers/credentials/credentials";
import { identityStoreChangesOf } from "./handlers/credentials/identity-store";
import { exclusiveChangesOf } from "./handlers/exclusive/exclusive";
import { policyAttachmentChangesOf } from "./handlers/exclusive/policy-attachments";
import { permissionChangesOf } from "./handlers/permissions/permissions";
import { runsAsChangesOf } from "./handlers/runs-as/runs-as";
import { sessionChangesOf } from "./handlers/session/session";
import type { AccessChange } from "./model/access-change";

/** Principals that have no trust policy. */
const WITHOUT_TRUST = ["user", "group", "permission set"] as const;

/**
 * What users, groups and permission sets may do, who gets their credentials, and what runs as which
 * role.
 */
export function principalChangesOf(step: Step, context: PlanContext): readonly AccessChange[] {
  const ofPrincipals = WITHOUT_TRUST.flatMap((kind) =>
    [...context.principals[kind].byKey.values()].flatMap((principal) => [
      ...permissionChangesOf(principal, step, context),
      ...credentialChangesOf(principal, step, context),
      ...exclusiveChangesOf(principal, step),
      ...(kind === "permission set" ? sessionChangesOf(principal, step) : []),
    ]),
  );
  return [
    ...ofPrincipals,
    ...identityStoreChangesOf(step, context),
    ...policyAttachmentChangesOf(step, context),
    ...runsAsChangesOf(step, context),
  ];
}
