import type { KeyFact, TextAnswer, TextRequirement } from "../iam/prove/keys/fact";
import { CLOCK } from "../iam/prove/keys/known-keys";
import { booleanWords } from "./key-names";
import { someTexts } from "./list";
import { describeOrdered } from "./ordered-values";
import { type Phrase, quoted } from "./phrase";

const FROM: ReadonlySet<string> = new Set(["aws:sourceip"]);

/**
 * What is required of a condition key, in the policies' terms, such as `from outside 10.0.0.0/8`,
 * `before 2026-01-01`, `without MFA`, so that it follows "for requests".
 */
export function describeKey({ key, values, requirement }: KeyFact): string {
  const words = booleanWords(key);
  if (values === "absent") return words?.no ?? `without ${key}`;
  const written = `with ${key} = ${values.map((text) => (text === "" ? '""' : text)).join(" and ")}`;
  switch (requirement.type) {
    case "boolean":
      return (values[0] === "true" ? words?.yes : words?.no) ?? written;
    case "text":
    case "arn":
      return isNamed(requirement) ? written : (describeTexts(key, requirement) ?? written);
    default: {
      if (requirement.isList || requirement.isOther) return written;
      const said = describeOrdered(requirement);
      if (said === "") return `with ${key}`;
      if (FROM.has(key.toLowerCase()))
        return said.replaceAll(/^outside /g, "from outside ").replaceAll(/\bin /g, "from ");
      return CLOCK.includes(key.toLowerCase()) ? said : `with ${key} ${said}`;
    }
  }
}

/**
 * The same as a phrase, in which only what policies write is quoted: from outside `10.0.0.0/8`,
 * over TLS, before 1 March 2027.
 */
export function describeKeyAsPhrase(fact: KeyFact): Phrase {
  const text = describeKey(fact);
  const words = booleanWords(fact.key);
  if (text === words?.yes || text === words?.no) return [text];
  const isOther = "isOther" in fact.requirement && fact.requirement.isOther;
  if (fact.values === "absent" || isOther) return [quoted(text)];
  if (fact.requirement.type === "date" && CLOCK.includes(fact.key.toLowerCase())) return [text];
  if (fact.requirement.type !== "address" || !FROM.has(fact.key.toLowerCase())) return [quoted(text)];
  return text
    .split(/([0-9a-fA-F.:]*[.:][0-9a-fA-F.:]*\/\d+)/)
    .flatMap((part, at) => (part === "" ? [] : [at % 2 === 1 ? quoted(part) : part]));
}

/** Whether the text is required to be one of some that a policy names. */
function isNamed({ isList, answers }: TextRequirement): boolean {
  return !isList && answers.some(({ isLiteral, some }) => isLiteral && some === true);
}

function describeTexts(key: string, { isList, isComplete, answers }: TextRequirement): string | undefined {
  if (!isComplete) return undefined;
  const said = answers.flatMap(({ some, every, ...answer }) => {
    const { is, isNot } = wordsFor(answer);
    if (!isList) return some === undefined ? [] : [{ is: some, text: some ? is : isNot }];
    return [
      ...(some === undefined ? [] : [{ is: some, text: some ? is : `none ${is}` }]),
      ...(every === undefined ? [] : [{ is: every, text: every ? `all ${is}` : isNot }]),
    ];
  });
  if (said.length === 0) return `with ${key}`;
  const parts = [...said.filter(({ is }) => is), ...said.filter(({ is }) => !is)].map(({ text }) => text);
  return `with ${key} ${parts.join(" and ")}`;
}

function wordsFor({ texts, isLiteral }: Pick<TextAnswer, "texts" | "isLiteral">): {
  readonly is: string;
  readonly isNot: string;
} {
  const all = someTexts(texts, "or");
  return isLiteral
    ? { is: `= ${all}`, isNot: `other than ${all}` }
    : { is: `like ${all}`, isNot: `unlike ${all}` };
}
