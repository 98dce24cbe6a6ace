import type { Policy } from "../../iam/language/policy";
import {
  comparePermissions,
  type PermissionSource,
  type Permissions,
  type PermissionsComparison,
} from "../../iam/prove/requests/compare-permissions";
import { compareResourcePolicies } from "../../iam/prove/requests/compare-resource-policies";
import { type RequiredValues, requiredValues } from "../../iam/prove/requests/required-values";

/** What condition keys are in every request that permissions allow and did not before. */
export function requiredBetween(before: Permissions, after: Permissions): readonly RequiredValues[] {
  const { identity } = after;
  return requiredValues(policiesOf(after), policiesOf(before), (statements) => {
    const denies = { kind: "policy", policy: { version: "2012-10-17", statements } } as const;
    return isNoGain(comparePermissions(before, { ...after, identity: [...identity, denies] }));
  });
}

const EVERYONE = { path: "", negated: false, members: [{ path: "", type: "Everyone", text: "*" }] } as const;

/** The same for a resource-based policy. @param before undefined: there was none */
export function requiredOfCallers(before: Policy | undefined, after: Policy): readonly RequiredValues[] {
  return requiredValues([after], before === undefined ? [] : [before], (denies) => {
    const others = denies.map((one) => ({ ...one, principals: EVERYONE }));
    return isNoGain(
      compareResourcePolicies(before, { ...after, statements: [...after.statements, ...others] }),
    );
  });
}

function policiesOf({ identity, boundary, session = [] }: Permissions): readonly Policy[] {
  return readable([...identity, ...(boundary === undefined ? [] : [boundary]), ...session]);
}

/** Those policies whose contents are known. */
export function readable(sources: readonly PermissionSource[]): readonly Policy[] {
  return sources.flatMap((one) => (one.kind === "policy" ? [one.policy] : []));
}

function isNoGain({ relation }: PermissionsComparison): boolean {
  return relation === "same" || relation === "narrower";
}
