import { counted, withSeparators } from "../../describe/list";
import { joinPhrases, type Phrase, quoted } from "../../describe/phrase";
import type { AccessChange } from "../../diff/model/access-change";
import type { Review } from "../model/review";
import { type Verdict, verdictOf } from "../verdict/verdict";
import { topicOf } from "./access-words";

/** Characters of the headline, with the marks of Markdown: bold, and a code span for each name. */
export const HEADLINE_CHARACTERS = 120;
const BOLD_AND_FULL_STOP = 5;

/** One fact in several lengths, the longest first. The last one has no name in it. */
type Forms = readonly Phrase[];

/**
 * The headline: what a reviewer has to know who reads nothing else. It holds no condition, id or
 * ARN: those are below it.
 */
export function verdictLine(review: Review): Phrase {
  const verdict = verdictOf(review);
  const facts = factsOf(verdict);
  const line = capital(facts.length === 0 ? [quietWords(verdict)] : fitted(facts));
  return line.at(-1) === ", …" ? line : [...line, "."];
}

function quietWords({ outcome }: Verdict): string {
  if (outcome === "no-changes") return "No changes";
  return outcome === "shrinks" ? "Access only shrinks" : "No change to access";
}

/** The facts that need a reader, the most urgent first. */
function factsOf(verdict: Verdict): readonly Forms[] {
  const { outcome, grows, undetermined, actions, notExamined } = verdict;
  const facts = [...planFacts(verdict), ...growthFacts(grows), ...undeterminedFacts(undetermined, actions)];
  if (notExamined.length === 0) return facts;
  const isQuiet = facts.length === 0;
  const examined = outcome === "shrinks" ? "access only shrinks" : "no change to access";
  return [
    ...(isQuiet ? [[[`${examined} in what was examined`]]] : []),
    ...facts,
    withNames(
      notExamined.map(({ address }) => address),
      (number) => `${counted(number, "resource")} not examined`,
    ),
  ];
}

function planFacts({ stacks: { total, failed, incomplete } }: Verdict): readonly Forms[] {
  const of = (number: number): string => `${withSeparators(number)} of ${counted(total, "stack")}`;
  if (failed > 0 && incomplete > 0) return [[[`${of(failed + incomplete)} could not be fully planned`]]];
  if (failed > 0) return [[[`${of(failed)} could not be planned`]]];
  return incomplete === 0 ? [] : [[[`the plan of ${of(incomplete)} is incomplete`]]];
}

function growthFacts(grows: readonly AccessChange[]): readonly Forms[] {
  const [first, ...others] = grows;
  if (first === undefined) return [];
  if (others.length === 0) {
    const forms = [...sentenceOf(first), ...namedTopic(first)];
    return [[...forms.map((form): Phrase => ["access grows: ", ...form]), ["access grows"]]];
  }
  const number = `access grows (${counted(grows.length, "change")})`;
  const sentences = grows.flatMap(sentenceOf);
  const lists = [
    ...(sentences.length === grows.length ? [joinPhrases(sentences, "; ")] : []),
    ...listed(grows.flatMap(namedTopic)),
  ];
  return [[...lists.map((list): Phrase => [`${number}: `, ...list]), [number]]];
}

function undeterminedFacts(changes: readonly AccessChange[], actions: Verdict["actions"]): readonly Forms[] {
  const names = [
    ...new Set([...changes.map(({ subject }) => subject), ...actions.map(({ address }) => address)]),
  ];
  const [only] = names;
  if (only === undefined) return [];
  const short: Phrase = [`${counted(names.length, "effect")} undetermined`];
  if (names.length === 1)
    return [
      [
        ...(isName(only) ? [["the effect on ", quoted(only), " could not be determined"]] : []),
        ["one effect could not be determined"],
        short,
      ],
    ];
  return [
    [...withNames(names, (number) => `${withSeparators(number)} effects could not be determined`), short],
  ];
}

/** The change's own sentence, if it says all of it and holds nothing that belongs below. */
function sentenceOf({ sentences }: AccessChange): readonly Phrase[] {
  const gained = sentences.filter(({ effect }) => effect === "gained");
  const [only] = gained;
  if (only === undefined || gained.length > 1 || (only.proof?.facts.length ?? 0) > 0) return [];
  return only.phrase.every((part) => typeof part === "string" || isName(part.quoted)) ? [only.phrase] : [];
}

function namedTopic(change: AccessChange): readonly Phrase[] {
  const name = [change.subject, ...change.addresses].find(isName);
  return name === undefined ? [] : [topicOf({ aspect: change.aspect, subject: name })];
}

/** Whether a headline may hold it: no ARN, no id, nothing that is printed longer than it is. */
function isName(text: string): boolean {
  return (
    text !== "" && text === text.trim() && !/\barn:|[0-9a-f]{8}-[0-9a-f]{4}-|\d{12}|[`\p{C}]/iu.test(text)
  );
}

function withNames(texts: readonly string[], words: (number: number) => string): Forms {
  const names = [...new Set(texts)];
  const number = words(names.length);
  const shown = names.filter(isName).map((name): Phrase => [quoted(name)]);
  return [...listed(shown).map((list): Phrase => [`${number}: `, ...list]), [number]];
}

/** All of them, or fewer, followed by an ellipsis; the longest first. */
function listed(phrases: readonly Phrase[]): readonly Phrase[] {
  const most = Math.min(phrases.length, 3);
  return Array.from({ length: most }, (_, at) => most - at).map((length) => {
    const shown = joinPhrases(phrases.slice(0, length), ", ");
    return length < phrases.length ? [...shown, ", …"] : shown;
  });
}

/** Every fact in its shortest form, then each in turn in the longest one that still fits. */
function fitted(facts: readonly Forms[]): Phrase {
  let chosen = facts.map((forms) => forms.at(-1) ?? []);
  for (const [at, forms] of facts.entries()) {
    for (const form of forms) {
      const longer = chosen.with(at, form);
      if (lengthOf(joinPhrases(longer, "; ")) > HEADLINE_CHARACTERS - BOLD_AND_FULL_STOP) continue;
      chosen = longer;
      break;
    }
  }
  return joinPhrases(chosen, "; ");
}

function lengthOf(phrase: Phrase): number {
  return phrase.reduce(
    (sum, part) => sum + (typeof part === "string" ? part.length : part.quoted.length + 2),
    0,
  );
}

function capital([first = "", ...rest]: Phrase): Phrase {
  return typeof first === "string"
    ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest]
    : [first, ...rest];
}
