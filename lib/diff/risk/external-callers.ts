import { isEveryone, isForAnyAccount, isService } from "../../describe/callers";
import { isOwnPolicies } from "../../iam/prove/requests/own-policies";
import type { RequiredValues } from "../../iam/prove/requests/required-values";
import type { PlanContext } from "../context/plan-context";
import type { AttributeValue } from "../model/facts";
import type { FoundRequest } from "../requests/gained-by-pieces";
import { isOfTrust } from "../requests/request-sentences";

const ACCOUNT = /\b(\d{12})\b/;

const OWN_ACCOUNTS = new WeakMap<PlanContext, ReadonlySet<string>>();

/**
 * Whether a caller is the public, or a principal of an account that is neither in access.yaml nor
 * that of a resource of the plans. Services and identity providers are not.
 * @param caller as counterexamples name it, an ARN or words with an account
 */
export function isExternalCaller(caller: string, context: PlanContext): boolean {
  if (isEveryone(caller)) return true;
  const account = ACCOUNT.exec(caller)?.[1];
  return account === undefined
    ? caller.startsWith("the canonical user ")
    : !ownAccounts(context).has(account);
}

/** Keys that name accounts: of the caller, or of those for whom a service calls. */
const OF_ACCOUNTS: ReadonlySet<string> = new Set([
  ...["aws:principalaccount", "kms:calleraccount", "aws:principalarn"],
  ...["aws:sourceaccount", "aws:sourceowner", "aws:sourcearn"],
]);
/** Keys that name organizations. */
const OF_ORGANIZATIONS: ReadonlySet<string> = new Set([
  ...["aws:principalorgid", "aws:principalorgpaths", "aws:sourceorgid", "aws:sourceorgpaths"],
]);
/** Keys of networks, and the types that declare them. */
const OF_NETWORKS: ReadonlyMap<string, string> = new Map([
  ["aws:sourcevpce", "aws_vpc_endpoint"],
  ["aws:sourcevpc", "aws_vpc"],
]);

/**
 * Whether requests come from outside, by the principal and by what the policy's conditions require:
 * not, if it is proven that all of them come from own accounts, organizations or networks. A
 * service is outside if it calls for another account or organization, or for any. A Deny that goes
 * lets in only those whose own policies allow it, and these count in the account of the resource
 * alone: elsewhere the resource's policy must allow it, too (IAM User Guide, "Cross-account policy
 * evaluation logic").
 */
export function isExternalRequest(
  { caller = "", action, required, facts }: Pick<FoundRequest, "caller" | "action" | "required" | "facts">,
  context: PlanContext,
): boolean {
  if (facts.some(isOwnPolicies)) return false;
  const origins = required.flatMap((one) => originOf(one, isService(caller), context) ?? []);
  if (origins.includes("own")) return false;
  if (!isService(caller)) return isExternalCaller(caller, context);
  return origins.includes("other") || (!isOfTrust(action) && isForAnyAccount(caller, required));
}

/** Undefined: the key says nothing of where requests come from. */
function originOf(
  { key, kind, texts }: RequiredValues,
  isOfService: boolean,
  context: PlanContext,
): "own" | "other" | undefined {
  if (kind !== "in") return undefined;
  const name = key.toLowerCase();
  const isOwn = (text: string): boolean | undefined => {
    // Other callers choose the encryption context; a service names what it works for.
    const isContext = isOfService && name.startsWith("kms:encryptioncontext:") && text.startsWith("arn:");
    if (OF_ACCOUNTS.has(name) || isContext) return isOfOwnAccount(text, context);
    if (OF_ORGANIZATIONS.has(name))
      return /[*?]/.test(text.split("/")[0] ?? "")
        ? false
        : hasId("aws_organizations_organization", text.split("/")[0], context);
    const type = OF_NETWORKS.get(name);
    return type === undefined ? undefined : hasId(type, text, context);
  };
  const answers = texts.map(isOwn);
  if (answers.includes(undefined)) return undefined;
  return answers.every((one) => one === true) ? "own" : "other";
}

/** An account's number, an ARN with one, or the ARN of a bucket of the plans, which has none. */
function isOfOwnAccount(text: string, context: PlanContext): boolean {
  const account = text.startsWith("arn:") ? text.split(":")[4] : text;
  if (account === "") {
    const bucket = /^arn:[^:]+:s3:::([^/*?]+)$/.exec(text)?.[1];
    return bucket !== undefined && context.buckets.some(({ name }) => name === bucket);
  }
  return account !== undefined && ownAccounts(context).has(account);
}

function hasId(type: string, id: string | undefined, { byType }: PlanContext): boolean {
  return (byType.get(type) ?? []).some(({ at }) =>
    [at.recorded, at.current, at.planned].some((attributes) => textIn(attributes?.id) === id),
  );
}

function textIn(value: AttributeValue | undefined): string | undefined {
  return value?.kind === "value" && typeof value.value === "string" ? value.value : undefined;
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
