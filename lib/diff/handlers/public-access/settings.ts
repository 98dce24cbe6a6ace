import type { Phrase } from "../../../describe/phrase";

export function isPhrase(value: boolean | Phrase | undefined): value is Phrase {
  return Array.isArray(value);
}

/** The settings that protect a bucket from public access: on, off, or unknown. */
export type PublicAccessSettings = ReadonlyMap<string, boolean | Phrase>;

/** The prefix of settings that are grants of an ACL. */
export const GRANT = "ACL: ";
