import type { RequiredValues } from "../iam/prove/requests/required-values";
import { keyWords, withAnyOrganization, withKey } from "./key-names";
import { listPhrases } from "./list";
import { addressPhrase } from "./ordered-values";
import { type Phrase, quoted } from "./phrase";

/** So many values are named; the rest is counted. */
const SHOWN = 3;

/**
 * What a key must be, to follow "for requests": in region `us-east-1`, that set tag `team` = `web`.
 */
export function describeRequired({ key, kind, texts }: RequiredValues): Phrase {
  const listed = listPhrases(
    texts.map((text) =>
      kind === "in" && /:(?:vpc)?sourceip$/i.test(key) ? addressPhrase(text) : [quoted(text)],
    ),
    { word: "or", most: SHOWN },
  );
  if (kind === "in" && texts.some((text) => /^\*+$/.test(text))) return ["with any ", quoted(key)];
  const words = keyWords(key);
  if (words !== undefined) return withAnyOrganization([`${words[kind]} `, ...listed]);
  const between = kind === "outside" ? " other than " : texts.some(isPattern) ? " like " : " equal to ";
  return [...withKey(key), between, ...listed];
}

function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}
