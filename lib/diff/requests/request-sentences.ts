import { type DescribedCallers, describeCallers, isEveryone, OF_ITS_ACCOUNT } from "../../describe/callers";
import { conditionsIn, describeConditions, describeFact, listKeys } from "../../describe/counterexample";
import { counted } from "../../describe/list";
import { describeExtent } from "../../describe/permission";
import { type Phrase, quoted } from "../../describe/phrase";
import { describeRequired } from "../../describe/required-values";
import type { RequestCounterexample } from "../../iam/prove/requests/compare-permissions";
import { isOwnPolicies, OWN_POLICIES } from "../../iam/prove/requests/own-policies";
import type { AccessSentence } from "../model/access-change";
import type { RequestProof } from "../model/proof";
import type { FoundRequests } from "./found-requests";
import type { FoundRequest } from "./gained-by-pieces";

/** So many requests are reported for one change in each direction. */
const MOST_REQUESTS = 8;

type RequestPhrase = (request: FoundRequest, effect: AccessSentence["effect"]) => Phrase;

/** A sentence for each request, with the request as its proof. */
export function sentencesOf(
  { gained, lost, notCompared }: FoundRequests,
  phraseOf: RequestPhrase,
): readonly AccessSentence[] {
  return [
    ...sentencesFor(gained, notCompared.gained, "gained", phraseOf),
    ...sentencesFor(lost, notCompared.lost, "lost", phraseOf),
  ];
}

/** What requests are allowed to do, by their extent: perform `s3:*` on `arn:aws:s3:::acme/*`. */
export function callPhrase(request: FoundRequest): Phrase {
  return ["perform ", ...describeExtent(request, request.by, request.on)];
}

function sentencesFor(
  requests: readonly FoundRequest[],
  notCompared: number,
  effect: AccessSentence["effect"],
  phraseOf: RequestPhrase,
): readonly AccessSentence[] {
  const sentences = requests.slice(0, MOST_REQUESTS).map((request): AccessSentence => {
    const { facts, besides, isOpen } = conditionsOf(request);
    return {
      effect,
      people: [],
      phrase: [...phraseOf(request, effect), ...describeConditions(facts, besides)],
      ...(request.caller === undefined ? {} : { who: callersOf(request).who }),
      actions: request.by ?? [quoted(request.action)],
      ...(request.on === undefined ? {} : { resources: request.on }),
      ...conditionsIn(facts, besides),
      ...(isOpen ? { isOpen } : {}),
      proof: requestProof(request),
    };
  });
  const more = requests.length - MOST_REQUESTS;
  const rest = [
    ...(more > 0 ? [`and ${counted(more, "more request")}`] : []),
    ...(notCompared > 0
      ? [
          `and perhaps others: ${counted(notCompared, "statement part was", "statement parts were")} not compared one by one`,
        ]
      : []),
  ];
  return rest.length === 0 ? sentences : [...sentences, { effect, people: [], phrase: [rest.join(", ")] }];
}

/** Who makes a request, by the principal and the conditions of the policy. */
export function callersOf({ caller = "a caller", action, required, facts }: FoundRequest): DescribedCallers {
  const isByOwnPolicies = facts.some(isOwnPolicies);
  if (!isByOwnPolicies || !isEveryone(caller)) return describeCallers(caller, required, isOfTrust(action));
  return { who: OF_ITS_ACCOUNT, keys: new Set([OWN_POLICIES]) };
}

/** Whether an action is one that trust policies allow: only they allow actions of STS. */
export function isOfTrust(action: string): boolean {
  return /^sts:/i.test(action);
}

/**
 * The conditions of a request that its callers do not stand for: what the example needs, and by
 * proof what each such request needs.
 */
function conditionsOf(request: FoundRequest): {
  readonly facts: FoundRequest["facts"];
  readonly besides: readonly Phrase[];
  readonly isOpen: boolean;
} {
  const said = request.caller === undefined ? new Set<string>() : callersOf(request).keys;
  const facts = request.facts.filter(({ key }) => !said.has(key.toLowerCase()));
  const known = new Set([...said, ...facts.map(({ key }) => key.toLowerCase())]);
  const required = request.required.filter(({ key }) => !known.has(key.toLowerCase()));
  const isOpen = facts.length === 0 && required.every(({ kind }) => kind === "outside");
  return { facts, besides: required.map(describeRequired), isOpen };
}

export function requestProof({ action, resource, caller, keys, facts }: RequestCounterexample): RequestProof {
  return {
    kind: "request",
    action,
    resource,
    ...(caller === undefined ? {} : { caller }),
    facts: [...listKeys(keys), ...facts.map(describeFact)],
    ...contextOf({ keys, facts }),
  };
}

/** The types of the policy simulator ("ContextEntry", `ContextKeyType`). */
const TYPES = {
  text: "string",
  arn: "string",
  number: "numeric",
  boolean: "boolean",
  address: "ip",
  date: "date",
} as const;

function contextOf({
  keys,
  facts,
}: Pick<RequestCounterexample, "keys" | "facts">): Pick<RequestProof, "context"> {
  const context = [
    ...keys.flatMap(({ key, values }) =>
      values === "absent" ? [] : [{ key, type: "string" as const, values }],
    ),
    ...facts.flatMap((fact) =>
      fact.values === undefined || fact.values === "absent"
        ? []
        : [{ key: fact.key, type: TYPES[fact.requirement.type], values: fact.values }],
    ),
  ];
  const byKey = new Map(context.map((entry) => [entry.key.toLowerCase(), entry]));
  return byKey.size === 0 ? {} : { context: [...byKey.values()] };
}
