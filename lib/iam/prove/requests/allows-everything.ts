import type { Policy } from "../../language/policy";
import { parsePolicy } from "../../language/read-policy";
import { comparePermissions } from "./compare-permissions";

const PARTITIONS = ["aws", "aws-cn", "aws-us-gov"];

/**
 * Whether an identity-based policy allows every action on every resource of a partition, in
 * whatever way it is written: `*`, `*:*`, several statements, an incomplete ARN such as `arn:aws`.
 * Statements with conditions and what a Deny takes away do not count.
 */
export function allowsEverything(policy: Policy): boolean {
  const statements = policy.statements.filter(
    ({ effect, conditions }) => effect === "Allow" && conditions.length === 0,
  );
  if (!statements.some(isWide)) return false;
  const allowed = { identity: [{ kind: "policy", policy: { ...policy, statements } } as const] };
  return PARTITIONS.some((partition) => {
    const everything = { identity: [{ kind: "policy", policy: everythingIn(partition) } as const] };
    const { relation } = comparePermissions(everything, allowed);
    return relation === "same" || relation === "broader";
  });
}

/** What covers every action has a statement of every service's, or of everything but some. */
function isWide({ actions }: Policy["statements"][number]): boolean {
  return actions.negated || actions.values.some(({ pieces }) => pieces[0]?.kind === "any-run");
}

function everythingIn(partition: string): Policy {
  const Statement = { Effect: "Allow", Action: "*", Resource: `arn:${partition}:*:*:*:*` };
  return parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement }));
}
