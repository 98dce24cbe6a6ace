import { conditionsIn, describeConditions, describeFact } from "../../describe/counterexample";
import { type Phrase, quoted } from "../../describe/phrase";
import { CAN } from "../../describe/relation";
import type { Counterexample } from "../../iam/prove/tokens/counterexample";
import type { AccessSentence } from "../model/access-change";
import type { TokenProof } from "../model/proof";
import type { FoundRequests } from "../requests/found-requests";
import { callersOf, sentencesOf } from "../requests/request-sentences";
import type { TokenGroups } from "./token-groups";

const VERBS = { gained: ` ${CAN.gained} assume `, lost: ` ${CAN.lost} assume ` } as const;

/** A sentence for each group, with one of its tokens as proof. */
export function groupSentences(
  { groups, hasMore }: TokenGroups,
  effect: AccessSentence["effect"],
  role: string,
): readonly AccessSentence[] {
  const listed = groups.map(({ people, who, where, from, ends, counterexample }): AccessSentence => {
    return {
      effect,
      people,
      who,
      from,
      ...(ends === undefined ? {} : { ends }),
      ...conditionsIn(counterexample.facts),
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
  if (!hasMore) return listed;
  return [
    ...listed,
    {
      effect,
      people: [],
      who: ["others, not listed here"],
      phrase: ["others, not listed here,", VERBS[effect], quoted(role)],
    },
  ];
}

export function tokenProof({ provider, claims, facts }: Counterexample): TokenProof {
  return { kind: "token", provider, claims, facts: facts.map(describeFact) };
}

export function otherCallerSentences(requests: FoundRequests, role: string): readonly AccessSentence[] {
  return sentencesOf(
    requests,
    (request, effect): Phrase => [
      ...callersOf(request).who,
      ` ${CAN[effect]} `,
      ...(request.action === "sts:AssumeRole" ? ["assume "] : ["perform ", quoted(request.action), " on "]),
      quoted(role),
    ],
  );
}
