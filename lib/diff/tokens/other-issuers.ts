import { listPhrases } from "../../describe/list";
import { describeOtherSubject, type OtherSubject } from "../../describe/other-subjects";
import { distinctPhrases, type Phrase, quoted } from "../../describe/phrase";
import type { Condition, Policy } from "../../iam/language/policy";

/** So many subjects of one issuer are named; the rest is counted. */
const MOST_SUBJECTS = 3;

/**
 * Whose tokens one policy allows and another does not, of an issuer whose subjects are not taken
 * apart: by the subjects that the first one names.
 */
export function otherIssuerPeople(issuer: string, allowing: Policy, denying: Policy): OtherSubject {
  const named = subjectsIn(issuer, allowing);
  const before = new Set(subjectsIn(issuer, denying));
  const added = named.filter((one) => !before.has(one));
  const subjects = (added.length > 0 ? added : named).map((one) => describeOtherSubject(issuer, one));
  const found = subjects.length === 0 ? describeOtherSubject(issuer, undefined) : together(subjects);
  const { from } = found;
  const [words = "", ...audience] = audienceBetween(`${hostOf(issuer)}:aud`, allowing, denying);
  if (words === "") return found;
  return { ...found, from: [...from, ...(from.length === 0 ? [words] : [` ${String(words)}`]), ...audience] };
}

/**
 * The audiences that one policy allows and another does not. Empty: the same, or the other has
 * none.
 */
function audienceBetween(key: string, allowing: Policy, denying: Policy): Phrase {
  const [own, others] = [conditionsOn(key, allowing), conditionsOn(key, denying)];
  if (others.length === 0) return [];
  if (own.length === 0) return ["with a token for any audience"];
  const texts = (conditions: readonly Condition[]) =>
    conditions.filter(isPositive).flatMap(({ values }) => values.map(({ text }) => text));
  const known = new Set(texts(others));
  const fresh = [...new Set(texts(own))].filter((text) => !known.has(text));
  if (fresh.length === 0) return [];
  if (fresh.some((text) => /^\*+$/.test(text))) return ["with a token for any audience"];
  return [
    "with a token for audience ",
    ...listPhrases(
      fresh.map((text) => [quoted(text)]),
      { word: "or", most: MOST_SUBJECTS },
    ),
  ];
}

function together(subjects: readonly OtherSubject[]): OtherSubject {
  const list = (phrases: readonly Phrase[], word: "and" | "or") =>
    listPhrases(distinctPhrases(phrases), { word, most: MOST_SUBJECTS });
  return {
    who: list(
      subjects.map((one) => one.who),
      "and",
    ),
    from: list(
      subjects.map((one) => one.from),
      "or",
    ),
    isOfAnyOwner: subjects.some((one) => one.isOfAnyOwner),
  };
}

/** The patterns of subjects that a policy allows; empty: a statement of it names none. */
function subjectsIn(issuer: string, policy: Policy): readonly string[] {
  const key = `${hostOf(issuer)}:sub`;
  const allowing = policy.statements
    .filter(({ effect }) => effect === "Allow")
    .map(({ conditions }) => {
      const own = conditions.filter((one) => isPositive(one) && one.key.toLowerCase() === key);
      return own.flatMap(({ values }) => values.map(({ text }) => text));
    });
  return allowing.some(({ length }) => length === 0) ? [] : [...new Set(allowing.flat())];
}

function isPositive({ operator: { base, negated, qualifier } }: Condition): boolean {
  return !negated && qualifier !== "ForAllValues" && /^String(?:Equals|EqualsIgnoreCase|Like)$/.test(base);
}

function conditionsOn(key: string, { statements }: Policy): readonly Condition[] {
  return statements.flatMap(({ conditions }) => conditions.filter((one) => one.key.toLowerCase() === key));
}

function hostOf(issuer: string): string {
  return issuer.replace(/^https:\/\//, "").toLowerCase();
}
