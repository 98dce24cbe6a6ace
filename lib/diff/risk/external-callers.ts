import type { PlanContext } from "../context/plan-context";

const ACCOUNT = /\b(\d{12})\b/;
const PUBLIC: ReadonlySet<string> = new Set(["anyone", "anyone with an AWS account"]);

const OWN_ACCOUNTS = new WeakMap<PlanContext, ReadonlySet<string>>();

/**
 * Whether a caller is the public, or a principal of an account that is neither in access.yaml nor
 * that of a resource of the plans. Services and identity providers are not.
 * @param caller as counterexamples name it, an ARN or words with an account
 */
export function isExternalCaller(caller: string, context: PlanContext): boolean {
  if (PUBLIC.has(caller)) return true;
  const account = ACCOUNT.exec(caller)?.[1];
  return account === undefined
    ? caller.startsWith("the canonical user ")
    : !ownAccounts(context).has(account);
}

function ownAccounts(context: PlanContext): ReadonlySet<string> {
  const known = OWN_ACCOUNTS.get(context);
  if (known !== undefined) return known;
  const accounts = new Set([
    ...context.timelines.flatMap(({ account }) => account ?? []),
    ...(context.access?.accounts ?? []).map(({ id }) => id),
  ]);
  OWN_ACCOUNTS.set(context, accounts);
  return accounts;
}
