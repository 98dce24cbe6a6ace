import { describeConditions, listKeys } from "../../describe/counterexample";
import { plainText } from "../../describe/phrase";
import type { ActionCatalogue } from "../../iam/data/action-details";
import { effectiveOf } from "../../iam/risk/effective";
import { possibleCall } from "../../iam/risk/possible";
import { type Holder, unknownPolicies } from "./holder";

/** Whether a role or user may perform an action. */
export interface WhoCanAnswer {
  readonly name: string;
  readonly answer: "allow" | "deny" | "unknown";
  readonly who: string;
  readonly people: readonly string[];
  /** A resource on which it is allowed. */
  readonly resource?: string;
  /** For which requests alone, such as: for requests over TLS. */
  readonly conditions?: string;
  /** Policies whose contents are not known, which may allow or deny it. */
  readonly unknown: readonly string[];
}

/**
 * Whether a holder may perform an action on a resource, by proof over its identity-based policies
 * and boundary. Policies of resources and of organizations are not part of it.
 * @param on an ARN, or a pattern of ARNs: one that matches is enough. Undefined: any resource
 * @param catalogue has the types of the resource that is shown
 */
export function mayPerform(
  holder: Holder,
  action: string,
  on: string | undefined,
  catalogue?: ActionCatalogue,
): WhoCanAnswer {
  const { name, who, people, permissions } = holder;
  const unknown = unknownPolicies(holder);
  const call = { action, ...(on === undefined ? {} : { on }) };
  const found = possibleCall(effectiveOf(permissions), call, catalogue);
  const base = { name, who: plainText(who), people, unknown };
  if (found === undefined) return { ...base, answer: unknown.length > 0 ? "unknown" : "deny" };
  if (found === "undetermined") return { ...base, answer: "unknown" };
  const keys = listKeys(found.keys.filter(({ values }) => values !== "absent"));
  const facts = plainText(describeConditions(found.facts)).replace(/^, /, "");
  const conditions = [...keys, ...(facts === "" ? [] : [facts])].join(", ");
  return {
    ...base,
    // An unknown policy may deny it, or an unknown boundary may not allow it.
    answer: unknown.length > 0 ? "unknown" : "allow",
    resource: found.resource,
    ...(conditions === "" ? {} : { conditions }),
  };
}
