import { distinctPhrases, joinPhrases } from "../../../describe/phrase";
import type { PlanContext } from "../../context/plan-context";
import type { Principal } from "../../context/principals";
import type { Snapshot } from "../../context/timelines";
import type { AccessSentence } from "../../model/access-change";
import { whoActsAs } from "../../permissions/who-acts-as";

/** Everyone who may act as a principal gains what it gains: the first sentence names them. */
export function withBeneficiaries(
  sentences: readonly AccessSentence[],
  principal: Principal,
  snapshot: Snapshot,
  context: PlanContext,
): readonly AccessSentence[] {
  if (sentences.every(({ effect }) => effect === "lost")) return sentences;
  const { phrase: who, people, groups } = whoActsAs(principal, snapshot, context);
  const from = joinPhrases(distinctPhrases(groups.map((one) => one.from)), "; ");
  return sentences.map((sentence, at) => {
    if (sentence.effect === "lost") return sentence;
    const phrase =
      at === 0 && who.length > 0 ? [...sentence.phrase, "; this applies to ", ...who] : sentence.phrase;
    return {
      ...sentence,
      people,
      phrase,
      ...(groups.length === 0
        ? {}
        : { who: joinPhrases(distinctPhrases(groups.map((one) => one.who)), "; "), from }),
    };
  });
}
