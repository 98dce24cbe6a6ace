import { type Phrase, plainText } from "../../describe/phrase";
import type { AccessChange, AccessSentence } from "../../diff/model/access-change";
import { nameOf } from "./access-words";

/** Public access blocks have so many settings (Amazon S3, "Blocking public access"). */
export const SETTINGS = 4;

/** What a public access block comes to. Undefined: something else changes, too. */
export function blockOf(change: AccessChange): Phrase | undefined {
  const { sentences } = change;
  const isGain = sentences.some(({ effect }) => effect === "gained");
  const isBlock = ({ phrase }: AccessSentence) => / public access (?:are|is) /.test(plainText(phrase));
  if (change.aspect !== "public-access" || !sentences.every(isBlock)) return undefined;
  const isAll = sentences.length === SETTINGS;
  const name = nameOf(change.subject);
  // All buckets of an account.
  const verb = typeof name[0] === "string" ? "block" : "blocks";
  if (isGain) return [...name, ` no longer ${verb} ${isAll ? "" : "all "}public access`];
  return [...name, ` now ${verb} ${isAll ? "" : "more "}public access`];
}
