import { counted, withSeparators } from "../../describe/list";
import { capitalised, joinPhrases, type Phrase, quoted } from "../../describe/phrase";
import { accessGrows } from "../../describe/relation";
import type { AccessChange } from "../../diff/model/access-change";
import type { Review } from "../model/review";
import type { AccessRow, Level } from "../rows/access-row";
import { nameOf } from "../rows/access-words";
import { isOfData } from "../rows/data-rows";
import { placeOf } from "../rows/lifecycle";
import { rowsOf } from "../rows/rows-of";
import { type Verdict, verdictOf } from "../verdict/verdict";
import { LEVEL_MARKS } from "./level-marks";

/** Characters of the headline, with its mark, bold, and a code span for each name. */
const HEADLINE_CHARACTERS = 120;
const MARK_AND_BOLD = 7;

/** One fact in several lengths, the longest first. The last one has no name in it. */
type Forms = readonly Phrase[];

interface Headline {
  /** A colour, which the words do not depend on. */
  readonly mark: string;
  readonly text: Phrase;
}

/**
 * The headline: what a reviewer has to know who reads nothing else. It holds no condition, id or
 * ARN: those are below it.
 */
export function verdictLine(review: Review): Headline {
  const verdict = verdictOf(review);
  const rows = rowsOf(review);
  const growing = rows.filter(isGrowing);
  const facts = [
    ...planFacts(verdict),
    ...growthFacts(growing),
    // What grows is told with it.
    ...undeterminedFacts(
      verdict.undetermined.filter((change) => !accessGrows(change)),
      verdict.actions,
    ),
  ];
  const { outcome } = verdict;
  if (facts.length === 0 && outcome === "unchanged") return unchangedLine(review, verdict);
  const quiet =
    facts.length === 0 && outcome !== "unchanged"
      ? [quietForms(outcome, rows)]
      : growing.length > 0 && growing.every(isOfData)
        ? [besideData(outcome)]
        : [];
  return {
    mark: LEVEL_MARKS[levelOf(verdict, growing)],
    text: capitalised(
      fitted([...facts, ...quiet.filter((forms) => forms.length > 0), ...notExaminedFacts(verdict)]),
    ),
  };
}

/** Access stays as it is in all that was examined; if that is nothing, it is no all-clear. */
function unchangedLine(review: Review, { notExamined }: Verdict): Headline {
  const other = new Set(notExamined.map((one) => placeOf(one.stack, one.address)));
  const changed = review.stacks.flatMap(({ name: stack, resources, drift, deferred }) =>
    [...resources, ...drift, ...deferred].map(({ address }) => placeOf(stack, address)),
  );
  const examined = new Set(changed.filter((one) => !other.has(one))).size;
  if (examined === 0 && other.size > 0)
    return {
      mark: LEVEL_MARKS.undetermined,
      text: [`Access was not examined in ${counted(other.size, "resource")}`],
    };
  const scope = examined === 0 ? "" : ` in ${counted(examined, "resource")}`;
  const forgotten = review.stacks.flatMap(({ resources }) =>
    resources.filter(({ action }) => action === "forget"),
  ).length;
  const left = [
    ...(forgotten === 0 ? [] : [`; ${withSeparators(forgotten)} no longer managed by Terraform`]),
    ...(other.size === 0 ? [] : [`; ${withSeparators(other.size)} not examined`]),
  ].join("");
  return { mark: LEVEL_MARKS.shrinks, text: [`No change to access${scope}${left}`] };
}

function isGrowing({ level }: AccessRow): boolean {
  return level === "severe" || level === "grows";
}

function levelOf({ outcome }: Verdict, [worst]: readonly AccessRow[]): Level {
  return worst?.level ?? (outcome === "undetermined" ? "undetermined" : "shrinks");
}

/** What is said where access does not grow, as far as it was examined. */
function quietForms(outcome: Exclude<Verdict["outcome"], "unchanged">, rows: readonly AccessRow[]): Forms {
  // Never reached while every such change has a fact of its own; an all-clear is never the default.
  if (outcome === "grows" || outcome === "undetermined") return [["access may change: read the table"]];
  if (outcome === "no-changes") return [["no changes"]];
  const [first, ...others] = rows;
  const more = others.length === 0 ? "" : `; ${counted(others.length, "more change")}`;
  const forms = (first?.headlines ?? []).filter(isFit);
  return [
    ...forms.map((form): Phrase => ["access only shrinks: ", ...afterRisk(form), more]),
    ["access only shrinks"],
  ];
}

/** What becomes of access where a plan destroys data. Empty: it is said. */
function besideData(outcome: Verdict["outcome"]): Forms {
  if (outcome === "shrinks") return [["access only shrinks"]];
  return outcome === "unchanged" ? [["no change to access"]] : [];
}

/** Without the words that the headline says itself. */
function afterRisk([first = "", ...rest]: Phrase): Phrase {
  return [typeof first === "string" ? first.replace(/^access (?:shrinks|grows): /, "") : first, ...rest];
}

function planFacts({ stacks: { total, failed, incomplete } }: Verdict): readonly Forms[] {
  const of = (number: number): string => `${withSeparators(number)} of ${counted(total, "stack")}`;
  if (failed > 0 && incomplete > 0) return [[[`${of(failed + incomplete)} could not be fully planned`]]];
  if (failed > 0) return [[[`${of(failed)} could not be planned`]]];
  return incomplete === 0 ? [] : [[[`the plan of ${of(incomplete)} is incomplete`]]];
}

/** The most serious row, and the number of others that grow. */
function growthFacts([first, ...others]: readonly AccessRow[]): readonly Forms[] {
  if (first === undefined) return [];
  const lines = first.headlines.filter(isFit);
  const short = isOfData(first) ? first.risk : `access grows: ${first.risk}`;
  if (others.length === 0) return [[...lines, [short]]];
  const more = counted(others.length, "more change");
  const isAllAccess = ![first, ...others].some(isOfData);
  return [
    [
      ...lines.map((line): Phrase => [...line, "; ", more]),
      [isAllAccess ? `access grows: ${counted(others.length + 1, "change")}` : `${short}; ${more}`],
    ],
  ];
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
        ...(isName(only) ? [["the effect on ", ...nameOf(only), " could not be determined"]] : []),
        ["one effect could not be determined"],
        short,
      ],
    ];
  return [
    [...withNames(names, (number) => `${withSeparators(number)} effects could not be determined`), short],
  ];
}

function notExaminedFacts({ notExamined }: Verdict): readonly Forms[] {
  const addresses = new Set(notExamined.map((one) => placeOf(one.stack, one.address)));
  return addresses.size === 0 ? [] : [[[`${withSeparators(addresses.size)} not examined`]]];
}

/** Whether a headline may hold it: no ARN, no id, nothing that is printed longer than it is. */
function isFit(form: Phrase): boolean {
  return form.every((part) => typeof part === "string" || isName(part.quoted));
}

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
      if (lengthOf(joinPhrases(longer, "; ")) > HEADLINE_CHARACTERS - MARK_AND_BOLD) continue;
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
