import { withoutIds } from "../../describe/caller";
import { joinPhrases, type Phrase, plainText } from "../../describe/phrase";
import type { AccessSentence } from "../../diff/model/access-change";
import { nameOf } from "./access-words";
import { conditionsIn, extentOf, inHeadline } from "./extent-words";
import { factsOf, type RowWords, type Said } from "./fact-words";
import { fromWords, whoAndFrom, withPeople } from "./people-words";

/** Of policies of resources: the resource allows, and callers are in a column of their own. */
export function ofPolicy({ change, gained, lost, people, unknown, suffix, topics }: Said): RowWords {
  const name = nameOf(change.subject);
  const own = { isOfResource: true };
  const gains = factsOf(gained, name, " now allows ", own);
  const past = gained.length === 0 ? undefined : whoAndFrom(lost);
  const to: Phrase =
    past === undefined || past.who.length === 0 ? [] : [" to ", ...past.who, ...fromWords(past.from)];
  const calls = (sentences: readonly AccessSentence[]) =>
    JSON.stringify(extentOf(sentences, { withConditions: false }));
  const losses =
    to.length > 0 && calls(gained) === calls(lost)
      ? [["no longer", ...to, ...conditionsIn(lost)]]
      : factsOf(lost, name, " no longer allows ", own).map(
          (one, at): Phrase => (at === 0 ? [...one, ...to] : one),
        );
  const isExternal = change.risk.class === "external-access";
  const sentences = gained.length > 0 ? gained : lost;
  const ending: Phrase = [...inHeadline(sentences), ...suffix];
  const extent = extentOf(sentences, { withConditions: false, isOfResource: true });
  const can = gained.length > 0 ? " can now " : " can no longer ";
  const isWhole = extent !== undefined && plainText(extent).includes(" on ");
  return {
    ...people,
    what: joinPhrases([[...joinPhrases([...gains, ...losses], "; "), ...suffix], ...unknown], "; "),
    headlines: [
      ...(people.who.length === 0
        ? []
        : [
            ...(extent === undefined || hasExample(sentences)
              ? []
              : [
                  [
                    ...people.who,
                    can,
                    "perform ",
                    ...extent,
                    ...(isWhole ? [] : [" on ", ...name]),
                    ...ending,
                  ],
                ]),
            [...people.who, can, "access ", ...name, ...ending],
            [...people.lead, can, "access ", ...name, ...ending],
          ]
      ).map((one) => withoutIds(one, isExternal)),
      ...topics.flatMap((topic) => withPeople(topic, people)),
    ],
  };
}

/** Whether the resources of a sentence are not known, but for an example. */
function hasExample(sentences: readonly AccessSentence[]): boolean {
  return sentences.some(({ actions, resources }) => actions !== undefined && resources === undefined);
}
