import type { KeyFact, TextAnswer, TextRequirement } from "../iam/prove/keys/fact";
import { CLOCK } from "../iam/prove/keys/known-keys";
import { booleanWords, keyWords, withAnyOrganization, withKey } from "./key-names";
import { someOf } from "./list";
import { describeOrdered } from "./ordered-values";
import { joinPhrases, type Phrase, plainText, quoted } from "./phrase";

const FROM: ReadonlySet<string> = new Set(["aws:sourceip"]);

/**
 * What is required of a condition key, in the policies' terms, such as `from outside 10.0.0.0/8`,
 * `before 2026-01-01`, `without MFA`, so that it follows "for requests".
 */
export function describeKey(fact: KeyFact): string {
  return plainText(describeKeyAsPhrase(fact));
}

/**
 * The same as a phrase, in which only what policies write is quoted: from outside `10.0.0.0/8`,
 * over TLS, before 1 March 2027, with external ID `acme-4711`.
 */
export function describeKeyAsPhrase({ key, values, requirement }: KeyFact): Phrase {
  const words = booleanWords(key);
  if (values === "absent") return describeValues(key, values);
  switch (requirement.type) {
    case "boolean":
      return asWords(values[0] === "true" ? words?.yes : words?.no) ?? written(key, values);
    case "text":
    case "arn":
      return isNamed(requirement)
        ? written(key, values)
        : (describeTexts(key, requirement) ?? written(key, values));
    default: {
      if (requirement.isList || requirement.isOther) return written(key, values);
      const said = describeOrdered(requirement);
      if (said === "") return withKey(key);
      if (FROM.has(key.toLowerCase())) return withNetworks(said);
      return CLOCK.includes(key.toLowerCase()) ? [said] : [...withKey(key), ` ${said}`];
    }
  }
}

function asWords(words: string | undefined): Phrase | undefined {
  return words === undefined ? undefined : [words];
}

/** A key by the values that it has: with external ID `acme-4711`; without `s3:prefix`. */
export function describeValues(key: string, values: KeyFact["values"]): Phrase {
  if (values !== "absent") return written(key, values);
  const words = booleanWords(key);
  return words === undefined ? withoutKey(key) : [words.no];
}

function withoutKey(key: string): Phrase {
  const words = withKey(key);
  const [first = "", ...rest] = words;
  return first === "with " ? ["without ", ...rest] : ["without ", quoted(key)];
}

/** With the values themselves: from VPC `vpc-1`; with `s3:prefix` equal to `home/`. */
function written(key: string, values: readonly string[]): Phrase {
  const texts = joinPhrases(
    values.map((text) => [text === "" ? "an empty text" : quoted(text)]),
    " and ",
  );
  const words = values.length === 1 ? keyWords(key) : undefined;
  if (words !== undefined) return withAnyOrganization([`${words.in} `, ...texts]);
  return [...withKey(key), " equal to ", ...texts];
}

function withNetworks(said: string): Phrase {
  return said
    .replaceAll(/^outside /g, "from outside ")
    .replaceAll(/\bin /g, "from ")
    .split(/([0-9a-fA-F.:]*[.:][0-9a-fA-F.:]*\/\d+)/)
    .flatMap((part, at) => (part === "" ? [] : [at % 2 === 1 ? quoted(part) : part]));
}

/** Whether the text is required to be one of some that a policy names. */
function isNamed({ isList, answers }: TextRequirement): boolean {
  return !isList && answers.some(({ isLiteral, some }) => isLiteral && some === true);
}

function describeTexts(key: string, { isList, isComplete, answers }: TextRequirement): Phrase | undefined {
  if (!isComplete) return undefined;
  const said = answers.flatMap(({ some, every, ...answer }): { is: boolean; text: Phrase }[] => {
    const { is, isNot } = wordsFor(answer);
    if (!isList) return some === undefined ? [] : [{ is: some, text: some ? is : isNot }];
    return [
      ...(some === undefined ? [] : [{ is: some, text: some ? is : ["none ", ...is] }]),
      ...(every === undefined ? [] : [{ is: every, text: every ? ["all ", ...is] : isNot }]),
    ];
  });
  if (said.length === 0) return withKey(key);
  const [only, ...others] = said;
  const words = isList || others.length > 0 ? undefined : keyWords(key);
  const [answer] = answers.filter(({ some }) => some !== undefined);
  if (only !== undefined && words !== undefined && answer !== undefined)
    return withAnyOrganization([
      `${only.is ? words.in : words.outside} `,
      ...someOf(answer.texts, only.is ? "or" : "and"),
    ]);
  const parts = [...said.filter(({ is }) => is), ...said.filter(({ is }) => !is)].map(({ text }) => text);
  return [...withKey(key), " ", ...joinPhrases(parts, " and ")];
}

function wordsFor({ texts, isLiteral }: Pick<TextAnswer, "texts" | "isLiteral">): {
  readonly is: Phrase;
  readonly isNot: Phrase;
} {
  const all = someOf(texts, "or");
  return isLiteral
    ? { is: ["equal to ", ...all], isNot: ["other than ", ...all] }
    : { is: ["like ", ...all], isNot: ["unlike ", ...all] };
}
