import type { Finding } from "../iam/audit/core/finding";
import type { Fact, OtherFact } from "../iam/prove/keys/fact";
import type { RequestCounterexample } from "../iam/prove/requests/request-counterexample";
import type { Counterexample } from "../iam/prove/tokens/counterexample";
import { describeKey, describeKeyAsPhrase, describeValues } from "./condition-keys";
import { joinPhrases, type Phrase, plainText, quoted } from "./phrase";

/** A token on one line: its claims as JSON, then what must also be true of the request. */
export function describeToken({ claims, facts }: Counterexample): string {
  return `${JSON.stringify(claims)}${inParentheses(facts)}`;
}

/**
 * A request on one line: the action, the resource, the caller, the condition keys, and what must
 * also be true, such as
 * `s3:GetObject on arn:aws:s3:::acme/index.html by anyone with aws:SourceVpc = vpc-1 (for requests
 * without TLS)`.
 */
export function describeRequest({ action, resource, caller, keys, facts }: RequestCounterexample): string {
  const by = caller === undefined ? "" : ` by ${caller}`;
  return `${action} on ${resource}${by}${describeKeys(keys)}${inParentheses(facts)}`;
}

function inParentheses(facts: readonly Fact[]): string {
  return facts.length === 0 ? "" : ` (${describeFacts(facts)})`;
}

/** The condition keys of a request, each by itself: `from VPC vpc-1`. */
export function listKeys(keys: RequestCounterexample["keys"]): readonly string[] {
  return keys.map(({ key, values }) => plainText(describeValues(key, values)));
}

function describeKeys(keys: RequestCounterexample["keys"]): string {
  const set = keys.flatMap(({ key, values }) => (values === "absent" ? [] : [`${key} = ${written(values)}`]));
  const missing = keys.flatMap(({ key, values }) => (values === "absent" ? [key] : []));
  const parts = [
    ...(set.length === 0 ? [] : [`with ${set.join(", ")}`]),
    ...(missing.length === 0 ? [] : [`without ${missing.join(", ")}`]),
  ];
  return parts.length === 0 ? "" : ` ${parts.join(" and ")}`;
}

/**
 * What must also be true of a request, so that it follows the request, such as
 * `for requests from outside 10.0.0.0/8 and without MFA, such as aws:SourceIp = 203.0.113.7, if
 * arn:aws:iam::aws:policy/ReadOnlyAccess allows it`.
 */
export function describeFacts(facts: readonly Fact[]): string {
  const ofKeys = facts.filter((fact) => fact.values !== undefined);
  const examples = ofKeys.flatMap((fact) => exampleOf(fact) ?? []);
  const others = facts.filter((fact) => fact.values === undefined).map(describeFact);
  return [
    ...(ofKeys.length === 0 ? [] : [`for requests ${ofKeys.map(sayingOf).join(" and ")}`]),
    ...(examples.length === 0 ? [] : [`such as ${examples.join(" and ")}`]),
    ...(others.length === 0 ? [] : [others.join(", and ")]),
  ].join(", ");
}

/**
 * The same as the end of a sentence, without examples:
 * `, for requests from outside 10.0.0.0/8 and without MFA`. Empty without facts.
 * @param besides further conditions, to follow "for requests"
 */
export function describeConditions(facts: readonly Fact[], besides: readonly Phrase[] = []): Phrase {
  const ofKeys = [
    ...facts.flatMap((fact) => (fact.values === undefined ? [] : [describeKeyAsPhrase(fact)])),
    ...besides,
  ];
  const others = facts.flatMap((fact): readonly Phrase[] =>
    fact.values === undefined ? [[ifOrUnless(fact), quoted(fact.key), ` ${fact.saying}`]] : [],
  );
  return [
    ...(ofKeys.length === 0 ? [] : [", for requests ", ...joinPhrases(ofKeys, " and ")]),
    ...(others.length === 0 ? [] : [", ", ...joinPhrases(others, ", and ")]),
  ];
}

/** The same by itself, if there are any: for requests from outside 10.0.0.0/8. */
export function conditionsIn(
  facts: readonly Fact[],
  besides: readonly Phrase[] = [],
): { readonly conditions?: Phrase } {
  const [, ...rest] = describeConditions(facts, besides);
  if (rest.length === 0) return {};
  const isOfKeys = besides.length > 0 || facts.some(({ values }) => values !== undefined);
  return { conditions: isOfKeys ? ["for requests ", ...rest] : rest };
}

/**
 * One fact, such as `from outside 10.0.0.0/8 (aws:SourceIp = 203.0.113.7)`, or
 * `unless arn:… allows it`.
 */
export function describeFact(fact: Fact): string {
  if (fact.values === undefined) return describeOther(fact);
  const example = exampleOf(fact);
  return example === undefined ? sayingOf(fact) : `${sayingOf(fact)} (${example})`;
}

/** A fact without its example. */
export function sayingOf(fact: Fact): string {
  return fact.values === undefined ? fact.saying : describeKey(fact);
}

function describeOther(fact: OtherFact): string {
  return `${ifOrUnless(fact)}${fact.key} ${fact.saying}`;
}

function ifOrUnless({ holds }: OtherFact): string {
  return holds ? "if " : "unless ";
}

/** Example values. Undefined: the words already say them. */
function exampleOf(fact: Fact): string | undefined {
  const { key, values } = fact;
  if (values === undefined || values === "absent") return undefined;
  const saying = sayingOf(fact);
  const text = written(values);
  const isSaid = saying.endsWith(` ${text}`) || (/^(?:true|false)$/.test(text) && !saying.includes(key));
  return isSaid ? undefined : `${key} = ${text}`;
}

function written(values: readonly string[]): string {
  return values.map((text) => (text === "" ? '""' : text)).join(" and ");
}

/** A token as programs get it: each fact with its words. */
export function tokenAsJson({ facts, ...token }: Counterexample): object {
  return { ...token, facts: facts.map(factAsJson) };
}

function factAsJson(fact: Fact): object {
  if (fact.values === undefined) return fact;
  return { key: fact.key, saying: sayingOf(fact), holds: true, values: fact.values };
}

/** A finding as programs get it: its counterexample is called `counterexample`. */
export function findingAsJson({ counterexample, ...finding }: Finding): object {
  return {
    ...finding,
    ...(counterexample === undefined ? {} : { counterexample: tokenAsJson(counterexample) }),
  };
}
