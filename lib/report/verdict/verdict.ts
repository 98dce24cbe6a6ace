import { joinPhrases, type Phrase, quoted } from "../../describe/phrase";
import type { Review } from "../model/review";

/** So many names in the one sentence; the rest is counted, and stands below. */
const SHOWN = 3;

/** One sentence without a full stop: what a reviewer has to know who reads nothing else. */
export function verdictOf(review: Review): Phrase {
  const { stacks, access, notExamined = [] } = review;
  const sentences = access.flatMap((change) => change.sentences);
  const gained = sentences.filter(({ effect }) => effect === "gained").map(({ phrase }) => phrase);
  const unknown = access.filter(({ relation }) => relation === "unknown").map(({ subject }) => subject);
  const actions = stacks.flatMap((stack) => stack.actions ?? []).filter(({ effect }) => effect === "unknown");
  const broken = stacks.filter(({ isErrored, isIncomplete }) => isErrored || isIncomplete);
  const parts: readonly Phrase[] = [
    ...(broken.length === 0 ? [] : [[`${count(broken.length, "plan")} failed or not whole`]]),
    ...(gained.length === 0 ? [] : [["access grows: ", ...some(gained, "; ")]]),
    ...(unknown.length === 0 ? [] : [["unknown what becomes of ", ...names(unknown)]]),
    ...(actions.length === 0
      ? []
      : [["unknown what these actions do: ", ...names(actions.map(({ address }) => address))]]),
  ];
  const left: readonly Phrase[] =
    notExamined.length === 0 ? [] : [["not examined: ", ...names(notExamined.map(({ address }) => address))]];
  if (parts.length > 0) return capital(joinPhrases([...parts, ...left], "; "));
  const isLost = sentences.some(({ effect }) => effect === "lost");
  if (left.length > 0) {
    const examined = isLost
      ? "access only shrinks in what was examined"
      : "no change to access in what was examined";
    return capital(joinPhrases([[examined], ...left], "; "));
  }
  const isQuiet = stacks.every(({ resources, drift, outputs, deferred, actions: invoked = [] }) =>
    [resources, drift, outputs, deferred, invoked].every(({ length }) => length === 0),
  );
  if (isQuiet && access.length === 0) return ["No changes"];
  return isLost ? ["Nobody gains access; some lose it"] : ["Nobody gains or loses access"];
}

/** Each once. */
function names(texts: readonly string[]): Phrase {
  return some(
    [...new Set(texts)].map((text) => [quoted(text)]),
    ", ",
  );
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
