import type { AccessChange } from "./access-change";
import { credentialChangesOf } from "./credential-changes";
import { exclusiveChangesOf } from "./exclusive-changes";
import { identityStoreChangesOf } from "./identity-store-changes";
import { permissionChangesOf } from "./permission-changes";
import { policyAttachmentChangesOf } from "./policy-attachment-changes";
import { runsAsChangesOf } from "./runs-as/changes";
import type { Scene, Step } from "./scene";
import { sessionChangesOf } from "./session-changes";

/** Principals that have no trust policy. */
const WITHOUT_TRUST = ["user", "group", "permission set"] as const;

/**
 * What users, groups and permission sets may do, who gets their credentials, and what runs as which
 * role.
 */
export function principalChangesOf(step: Step, scene: Scene): readonly AccessChange[] {
  const ofPrincipals = WITHOUT_TRUST.flatMap((kind) =>
    [...scene.principals[kind].byKey.values()].flatMap((principal) => [
      ...permissionChangesOf(principal, step, scene),
      ...credentialChangesOf(principal, step, scene),
      ...exclusiveChangesOf(principal, step),
      ...(kind === "permission set" ? sessionChangesOf(principal, step) : []),
    ]),
  );
  return [
    ...ofPrincipals,
    ...identityStoreChangesOf(step, scene),
    ...policyAttachmentChangesOf(step, scene),
    ...runsAsChangesOf(step, scene),
  ];
}
