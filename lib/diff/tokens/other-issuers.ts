import { listPhrases } from "../../describe/list";
import { describeOtherSubject, type OtherSubject } from "../../describe/other-subjects";
import { distinctPhrases, type Phrase } from "../../describe/phrase";
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
  const { who, from } = subjects.length === 0 ? describeOtherSubject(issuer, undefined) : together(subjects);
  const isAnyAudience =
    conditionsOn(`${hostOf(issuer)}:aud`, allowing).length === 0 &&
    conditionsOn(`${hostOf(issuer)}:aud`, denying).length > 0;
  if (!isAnyAudience) return { who, from };
  const audience = "with a token for any audience";
  return { who, from: from.length === 0 ? [audience] : [...from, ` ${audience}`] };
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
