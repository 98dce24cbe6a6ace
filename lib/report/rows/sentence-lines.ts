import { groupBy } from "../../collections/group-by";
import { listPhrases } from "../../describe/list";
import { distinctPhrases, type Phrase } from "../../describe/phrase";
import type { AccessChange, AccessSentence } from "../../diff/model/access-change";
import { nameOf } from "./access-words";
import { actionWords, isAllExcept, resourcesOf } from "./extent-words";

const VERBS = { gained: " can now perform ", lost: " can no longer perform " } as const;

/**
 * The sentences of a change, each extent in one: what may be done on the same resources under the
 * same conditions is one line, and no resource is named that is an example. Other sentences stay as
 * they are.
 */
export function sentenceLines({ aspect, subject, sentences }: AccessChange): readonly Phrase[] {
  const isOfResource = aspect === "bucket-policy" || aspect === "resource-policy";
  const subjectOf = ({ who }: AccessSentence): Phrase | undefined =>
    aspect === "permissions" ? nameOf(subject) : isOfResource ? who : undefined;
  const byExtent = groupBy(sentences, (sentence) => {
    const { effect, actions, resources, conditions } = sentence;
    const one = actions === undefined || resources === undefined ? undefined : subjectOf(sentence);
    return JSON.stringify(
      one === undefined
        ? [sentence.phrase]
        : [effect, one, resourcesOf(sentence), conditions, isAllExcept(sentence)],
    );
  });
  return [...byExtent.values()].map((own): Phrase => {
    const [first] = own;
    if (first === undefined) return [];
    const whose = first.actions === undefined || first.resources === undefined ? undefined : subjectOf(first);
    if (whose === undefined) return first.phrase;
    const actions = distinctPhrases(own.map((one) => actionWords(one.actions ?? [])));
    return [
      ...whose,
      VERBS[first.effect],
      ...listPhrases(actions),
      ...resourcesOf(first),
      ...(first.conditions === undefined ? [] : [" ", ...first.conditions]),
      ...own.flatMap(peopleOf).slice(0, 1).flat(),
    ];
  });
}

/** Those whom it applies to, if the sentence ends with them. */
function peopleOf({ phrase }: AccessSentence): readonly Phrase[] {
  const at = phrase.indexOf("; this applies to ");
  return at === -1 ? [] : [phrase.slice(at)];
}
