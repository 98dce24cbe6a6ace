import { joinPhrases, type Phrase, quoted } from "./model/phrase";
import type { Review } from "./model/review";

/** So many names in the one sentence; the rest is counted, and stands below. */
const SHOWN = 3;

/** One sentence without a full stop: what a reviewer has to know who reads nothing else. */
export function verdictOf(review: Review): Phrase {
  const { stacks, access } = review;
  const sentences = access.flatMap((change) => change.sentences);
  const gained = sentences.filter(({ effect }) => effect === "gained").map(({ phrase }) => phrase);
  const unknown = access.filter(({ relation }) => relation === "unknown");
  const broken = stacks.filter(({ isErrored, isIncomplete }) => isErrored || isIncomplete);
  const parts: readonly Phrase[] = [
    ...(broken.length === 0 ? [] : [[`${count(broken.length, "plan")} failed or not whole`]]),
    ...(gained.length === 0 ? [] : [["access grows: ", ...some(gained, "; ")]]),
    ...(unknown.length === 0
      ? []
      : [
          [
            "unknown what becomes of ",
            ...some(
              [...new Set(unknown.map(({ subject }) => subject))].map((subject) => [quoted(subject)]),
              ", ",
            ),
          ],
        ]),
  ];
  if (parts.length > 0) return capital(joinPhrases(parts, "; "));
  const isQuiet = stacks.every(
    ({ resources, drift, outputs, deferred }) =>
      resources.length + drift.length + outputs.length + deferred.length === 0,
  );
  if (isQuiet && access.length === 0) return ["No changes"];
  return sentences.some(({ effect }) => effect === "lost")
    ? ["Nobody gains access; some lose it"]
    : ["Nobody gains or loses access"];
}

function some(phrases: readonly Phrase[], between: string): Phrase {
  const left = phrases.length - SHOWN;
  const shown = joinPhrases(phrases.slice(0, SHOWN), between);
  return left > 0 ? [...shown, `${between}and ${left} more`] : shown;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function capital([first = "", ...rest]: Phrase): Phrase {
  return typeof first === "string"
    ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest]
    : [first, ...rest];
}
