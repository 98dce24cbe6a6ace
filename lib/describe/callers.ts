import type { RequiredValues } from "../iam/prove/requests/required-values";
import { withAnyOrganization } from "./key-names";
import { listPhrases } from "./list";
import { type Phrase, quoted } from "./phrase";
import { describePrincipals } from "./principals";

/** So many values are named; the rest is counted. */
const SHOWN = 3;

/** What a condition key says of those who make a request. */
type Says = (values: Phrase) => Phrase;

/**
 * Keys that say who the callers are, whatever principal a policy names; the narrowest first (IAM
 * User Guide, "AWS global condition context keys", properties of the principal).
 */
const WHO: readonly (readonly [key: string, says: Says])[] = [
  ["aws:principalaccount", (values) => ["any principal in account ", ...values]],
  ["kms:calleraccount", (values) => ["any principal in account ", ...values]],
  ["aws:principalorgpaths", (values) => ["every account under ", ...values]],
  ["aws:principalorgid", (values) => ["every account of organization ", ...values]],
  ["aws:principalservicename", (values) => values],
];

/** The narrowest of them: which principals. */
const ARN_KEY = "aws:principalarn";

/** Keys of calls that an AWS service makes for others, and for whom it makes them. */
const FOR_WHOM: readonly (readonly [key: string, says: Says])[] = [
  ["aws:sourcearn", (values) => values],
  ["aws:sourceaccount", (values) => ["account ", ...values]],
  ["aws:sourceowner", (values) => ["account ", ...values]],
  ["aws:sourceorgpaths", (values) => ["every account under ", ...values]],
  ["aws:sourceorgid", (values) => ["organization ", ...values]],
  ["acm-pca:ownaccount", () => ["certificates of its own account"]],
];

/** Keys that say from where they come. */
const WHERE: readonly (readonly [key: string, says: Says])[] = [
  ["aws:sourcevpce", (values) => ["through VPC endpoint ", ...values]],
  ["aws:sourcevpc", (values) => ["from VPC ", ...values]],
  ["aws:sourcevpcarn", (values) => ["from VPC ", ...values]],
  ["aws:sourceip", (values) => ["from ", ...values]],
  ["aws:vpcsourceip", (values) => ["from ", ...values, " in a VPC"]],
];

/** Those whom a policy lets in, and the keys that the words stand for, in lower case. */
export interface DescribedCallers {
  readonly who: Phrase;
  readonly keys: ReadonlySet<string>;
}

/** What else says for whom a service calls: Alexa's skills by their token, keys by a log group. */
const FOR_SOME = /^(?:lambda:eventsourcetoken|kms:encryptioncontext:.+)$/;

/**
 * Whether a service calls for any account: the policy does not say for whom, so that every customer
 * of AWS can have the service call (IAM User Guide, "The confused deputy problem").
 */
export function isForAnyAccount(caller: string, required: readonly RequiredValues[]): boolean {
  const isSaid = (key: string): boolean => FOR_SOME.test(key) || FOR_WHOM.some(([one]) => one === key);
  return isService(caller) && !required.some(({ kind, key }) => kind === "in" && isSaid(key.toLowerCase()));
}

/**
 * Who makes requests, by principal and conditions together: every account of organization `o-…`;
 * `s3.amazonaws.com` for account `123456789012`; anyone from `203.0.113.0/24`.
 * @param caller as counterexamples name it: an ARN, a service, or words such as: anyone
 * @param isTrust whether they assume a role: a service gets it from those of the role's own account
 * who may pass it (IAM User Guide, "Grant a user permissions to pass a role to an AWS service")
 */
export function describeCallers(
  caller: string,
  required: readonly RequiredValues[],
  isTrust = false,
): DescribedCallers {
  const keys = new Set<string>();
  const first = (rules: typeof WHO, isAsked: boolean): Phrase | undefined => {
    for (const [key, says] of isAsked ? rules : []) {
      const found = requiredOf(key, required);
      if (found === undefined) continue;
      keys.add(key);
      return withAnyOrganization(says(valuesOf(found)));
    }
    return undefined;
  };
  const byArn = (): Phrase | undefined => {
    const found = requiredOf(ARN_KEY, required);
    if (found === undefined) return undefined;
    const phrases = found.texts.map(describePrincipals);
    keys.add(ARN_KEY);
    // Every principal has an ARN, and those who do not sign their requests have none.
    if (phrases.includes(undefined)) return caller === "anyone" ? ["anyone with an AWS account"] : undefined;
    return listPhrases(
      phrases.flatMap((one) => (one === undefined ? [] : [one])),
      { word: "or", most: SHOWN },
    );
  };
  const isPublic = isEveryone(caller);
  // A principal that the policy names stays named; what else is asked of it is a condition.
  const isOfAccount = caller.startsWith(OF_ACCOUNT);
  const who = (isPublic || isOfAccount ? byArn() : undefined) ?? first(WHO, isPublic);
  const forWhom = first(FOR_WHOM, isPublic || isService(caller));
  const isForAny = !isTrust && isForAnyAccount(caller, required);
  const where = first(WHERE, isPublic);
  const base: Phrase = who ?? (isPublic && forWhom !== undefined ? ["an AWS service"] : callerPhrase(caller));
  return {
    who: [
      ...base,
      ...(forWhom === undefined ? (isForAny ? [" for any account"] : []) : [" for ", ...forWhom]),
      ...(where === undefined ? [] : [" ", ...where]),
    ],
    keys,
  };
}

const OF_ACCOUNT = "any principal in account ";

/** A service principal, such as `s3.amazonaws.com` or `alexa-appkit.amazon.com`, or any. */
export function isService(caller: string): boolean {
  return caller === "a service of AWS" || /^[a-z0-9.-]+\.amazon(?:aws)?\.com(?:\.cn)?$/.test(caller);
}

/** The public, with or without an AWS account, as counterexamples name it. */
export function isEveryone(caller: string): boolean {
  return caller === "anyone" || caller === "anyone with an AWS account";
}

/** A caller in this project's words, such as `anyone with an AWS account`, or by its ARN. */
export function callerPhrase(caller: string): Phrase {
  const [, words, account] = /^([a-z ]+ (?:account|of) )(\d{12})$/.exec(caller) ?? [];
  if (words !== undefined && account !== undefined) return [words, quoted(account)];
  return [/^[a-z]+(?: [a-zA-Z]+)*$/.test(caller) ? caller : quoted(caller)];
}

function requiredOf(key: string, required: readonly RequiredValues[]): RequiredValues | undefined {
  return required.find((one) => one.kind === "in" && one.key.toLowerCase() === key);
}

function valuesOf({ texts }: RequiredValues): Phrase {
  return listPhrases(
    texts.map((text) => [quoted(text)]),
    { word: "or", most: SHOWN },
  );
}

/** What a Deny no longer denies, others of the resource's account may already be allowed. */
export const OF_ITS_ACCOUNT: Phrase = ["principals of the owner's account whose policies allow it"];
