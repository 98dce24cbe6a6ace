import { conditionsIn, describeConditions, describeFact, listKeys } from "../../describe/counterexample";
import { describeCall } from "../../describe/permission";
import { type Phrase, quoted } from "../../describe/phrase";
import type { RequestCounterexample } from "../../iam/prove/requests/compare-permissions";
import type { AccessSentence, RequestProof } from "../model/access-change";
import type { FoundRequest, FoundRequests } from "./found-requests";

/** So many requests are reported for one change in each direction. */
const MOST_REQUESTS = 8;

type RequestPhrase = (request: FoundRequest, effect: AccessSentence["effect"]) => Phrase;

/** A sentence for each request, with the request as its proof. */
export function sentencesOf(
  { gained, lost }: FoundRequests,
  phraseOf: RequestPhrase,
): readonly AccessSentence[] {
  return [...sentencesFor(gained, "gained", phraseOf), ...sentencesFor(lost, "lost", phraseOf)];
}

/** What a request is allowed to do: `s3:*`, such as `s3:PutObject` on `arn:…`. */
export function callPhrase(request: FoundRequest): Phrase {
  return ["perform ", ...describeCall(request, request.by)];
}

function sentencesFor(
  requests: readonly FoundRequest[],
  effect: AccessSentence["effect"],
  phraseOf: RequestPhrase,
): readonly AccessSentence[] {
  const sentences = requests.slice(0, MOST_REQUESTS).map(
    (request): AccessSentence => ({
      effect,
      people: [],
      phrase: [...phraseOf(request, effect), ...asksPhrase(request), ...describeConditions(request.facts)],
      ...(request.caller === undefined ? {} : { who: callerPhrase(request.caller) }),
      actions: request.by ?? [quoted(request.action)],
      ...(request.on === undefined ? {} : { resources: request.on }),
      ...conditionsOf(request),
      proof: requestProof(request),
    }),
  );
  if (requests.length <= MOST_REQUESTS) return sentences;
  const more: Phrase = [`and ${requests.length - MOST_REQUESTS} more requests`];
  return [...sentences, { effect, people: [], phrase: more }];
}

function asksPhrase({ asks }: FoundRequest): Phrase {
  return asks === undefined ? [] : [", for requests ", ...asks];
}

/** What the statement asks by itself, then what must also be true. */
function conditionsOf({ asks, facts }: FoundRequest): Pick<AccessSentence, "conditions"> {
  const { conditions = [] } = conditionsIn(facts);
  if (asks === undefined) return conditionsIn(facts);
  return {
    conditions: ["for requests ", ...asks, ...(conditions.length === 0 ? [] : [", ", ...conditions])],
  };
}

/** A caller in this project's words, such as `anyone with an AWS account`, or by its ARN. */
function callerPhrase(caller: string): Phrase {
  return [/^[a-z]+(?: [a-zA-Z]+)*$/.test(caller) ? caller : quoted(caller)];
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
