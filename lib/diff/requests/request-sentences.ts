import { describeConditions, describeFact, listKeys } from "../../describe/counterexample";
import { describeCall } from "../../describe/permission";
import type { Phrase } from "../../describe/phrase";
import type { RequestCounterexample } from "../../iam/prove/requests/compare-permissions";
import type { AccessSentence, RequestProof } from "../model/access-change";
import type { FoundRequest, FoundRequests } from "./found-requests";

/** So many requests are reported for one change in each direction. */
const MOST_REQUESTS = 8;

export type RequestPhrase = (request: FoundRequest, effect: AccessSentence["effect"]) => Phrase;

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
      phrase: [...phraseOf(request, effect), ...describeConditions(request.facts)],
      proof: requestProof(request),
    }),
  );
  if (requests.length <= MOST_REQUESTS) return sentences;
  const more: Phrase = [`and ${requests.length - MOST_REQUESTS} more requests`];
  return [...sentences, { effect, people: [], phrase: more }];
}

export function requestProof({ action, resource, caller, keys, facts }: RequestCounterexample): RequestProof {
  return {
    kind: "request",
    action,
    resource,
    ...(caller === undefined ? {} : { caller }),
    facts: [...listKeys(keys), ...facts.map(describeFact)],
  };
}
