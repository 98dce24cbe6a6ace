import { describeConditions, describeFact } from "../../describe/counterexample";
import { type Phrase, quoted } from "../../describe/phrase";
import type { Counterexample } from "../../iam/prove/tokens/counterexample";
import type { AccessSentence, TokenProof } from "../model/access-change";
import type { FoundRequests } from "../requests/found-requests";
import { sentencesOf } from "../requests/request-sentences";
import type { TokenGroups } from "./token-groups";

const VERBS = { gained: " can now assume ", lost: " can no longer assume " } as const;

/** A sentence for each group. */
export function groupSentences(
  { groups, hasMore }: TokenGroups,
  effect: AccessSentence["effect"],
  role: string,
): readonly AccessSentence[] {
  const told = groups.map(({ people, who, where, counterexample }): AccessSentence => {
    return {
      effect,
      people,
      phrase: [
        ...who,
        VERBS[effect],
        quoted(role),
        ...(where.length === 0 ? [] : [" ", ...where]),
        ...describeConditions(counterexample.facts),
      ],
      proof: tokenProof(counterexample),
    };
  });
  if (!hasMore) return told;
  return [
    ...told,
    { effect, people: [], phrase: ["and more", VERBS[effect], quoted(role), ", who are not listed here"] },
  ];
}

export function tokenProof({ provider, claims, facts }: Counterexample): TokenProof {
  return { kind: "token", provider, claims, facts: facts.map(describeFact) };
}

export function otherCallerSentences(requests: FoundRequests, role: string): readonly AccessSentence[] {
  return sentencesOf(
    requests,
    ({ action, caller = "anybody" }, effect): Phrase => [
      quoted(caller),
      effect === "gained" ? " can now " : " can no longer ",
      ...(action === "sts:AssumeRole" ? ["assume "] : [quoted(action), " with "]),
      quoted(role),
    ],
  );
}
