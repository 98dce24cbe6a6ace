import { declarationsIn } from "./declarations";
import type { PlanJson, PlannedResource } from "./plan-json";
import { referencesIn } from "./references";
import { hasMark, markAt } from "./sensitive/marks";
import type { Mask } from "./sensitive/masking";

/** In whose account a resource is, as far as a plan says. */
export interface ResourceAccount {
  /** 12 digits. */
  readonly account?: string;
  /**
   * The account is that of other resources of the same provider configuration, and not said of this
   * one.
   */
  readonly isInferred?: true;
  /**
   * Which provider configuration it is of, where the account is not known and the plan has several;
   * empty: the plan does not say.
   */
  readonly configuration?: string;
}

const ACCOUNT = /^arn:[^:]*:[a-z0-9-]+:[^:]*:(\d{12}):/;

/**
 * Determines the account of resources of a plan: from the resource's own ARN, the accounts that the
 * provider is allowed, its caller identity (`aws_caller_identity`), or all ARNs of the same
 * provider configuration. Two provider configurations may work in two accounts, unless they are
 * known not to.
 */
export function accountsOf(plan: PlanJson, mask: Mask): (resource: PlannedResource) => ResourceAccount {
  const references = referencesIn(plan);
  const keys = references.providerKeys;
  // Most plans have one configuration, and need no key.
  const keyOf = (address: string): string => (keys.size < 2 ? "" : (references.providerOf(address) ?? ""));
  const resources = declarationsIn(plan);
  const callers = new Map(resources.flatMap((one) => callerIn(one, keyOf)));
  const named = namedBy(resources, keyOf, keys.size < 2);
  const accounts = [...keys].map((key) => callers.get(key) ?? only(named.get(key)));
  const allowedByEach = [...keys].map((key) => references.accountsAllowedBy(key));
  // Whichever configuration a resource is of: all of them may work in this account alone.
  const allowedByAll = allowedByEach.every(({ length }) => length === 1)
    ? only(new Set(allowedByEach.flat()))
    : undefined;
  const everywhere = keys.size > 1 && new Set(accounts).size === 1 ? accounts[0] : undefined;
  const isKnown = (account: string | undefined): account is string =>
    account !== undefined && mask(account) === account;
  return (resource) => {
    const { address } = resource;
    const own = ownAccount(resource);
    if (isKnown(own)) return { account: own };
    const key = keyOf(address);
    const allowed = references.accountsOf(address);
    const said = allowed.length > 0 ? only(new Set(allowed)) : (callers.get(key) ?? allowedByAll);
    if (isKnown(said)) return { account: said };
    // A resource that is no longer in the configuration may be of any of several configurations.
    const isOpen = allowed.length > 0 || (keys.size > 1 && key === "");
    const inferred = isOpen ? everywhere : (only(named.get(key)) ?? everywhere);
    if (isKnown(inferred)) return { account: inferred, isInferred: true };
    return keys.size < 2 ? {} : { configuration: mask(key) };
  };
}

/**
 * Accounts that ARNs of the plan's own resources name, by provider configuration. Of plans with one
 * configuration IAM's are enough.
 */
function namedBy(
  resources: readonly PlannedResource[],
  keyOf: (address: string) => string,
  isIamEnough: boolean,
): ReadonlyMap<string, ReadonlySet<string>> {
  const byKey = new Map<string, Set<string>>();
  for (const resource of resources) {
    if (isIamEnough && !resource.type.startsWith("aws_iam_")) continue;
    const account = ownAccount(resource);
    if (account === undefined) continue;
    const key = keyOf(resource.address);
    byKey.set(key, (byKey.get(key) ?? new Set()).add(account));
  }
  return byKey;
}

/** The account of the caller identity of a provider configuration. */
function callerIn(
  { mode, type, address, change: { before, after } }: PlannedResource,
  keyOf: (address: string) => string,
): readonly (readonly [string, string])[] {
  if (mode !== "data" || type !== "aws_caller_identity") return [];
  const account = after?.account_id ?? before?.account_id;
  return typeof account === "string" ? [[keyOf(address), account]] : [];
}

function ownAccount({ mode, type, change }: PlannedResource): string | undefined {
  if (mode !== "managed" || !type.startsWith("aws_")) return undefined;
  const { before, after, before_sensitive: old, after_sensitive: fresh } = change;
  const arn = after?.arn ?? before?.arn;
  if (typeof arn !== "string" || hasMark(markAt(old, "arn")) || hasMark(markAt(fresh, "arn")))
    return undefined;
  return ACCOUNT.exec(arn)?.[1];
}

function only(accounts: ReadonlySet<string> | undefined): string | undefined {
  return accounts?.size === 1 ? [...accounts][0] : undefined;
}
