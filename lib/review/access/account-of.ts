import type { PlannedChange, PlannedResource } from "../plan/plan-json";

const ACCOUNT = /^arn:[^:]*:iam::(\d{12}):/;

/** Accounts that ARNs of the plan's own IAM resources name. */
export function accountsIn(resources: readonly PlannedResource[]): ReadonlySet<string> {
  return new Set(
    resources.flatMap(({ type, mode, change }) =>
      mode === "managed" && type.startsWith("aws_iam_") ? ownAccount(change) : [],
    ),
  );
}

function ownAccount({ before, after }: PlannedChange): readonly string[] {
  const arn = after?.arn ?? before?.arn;
  const account = typeof arn === "string" ? ACCOUNT.exec(arn)?.[1] : undefined;
  return account === undefined ? [] : [account];
}

/** In whose account a resource is: as its own ARN says, or what the provider is allowed, or what all ARNs of the plan name. */
export function accountOf(
  change: PlannedChange,
  allowed: readonly string[],
  inPlan: ReadonlySet<string>,
): string | undefined {
  const [own] = ownAccount(change);
  if (own !== undefined) return own;
  if (allowed.length > 0) return allowed.length === 1 ? allowed[0] : undefined;
  return inPlan.size === 1 ? [...inPlan][0] : undefined;
}
