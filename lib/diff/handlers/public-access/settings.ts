import type { Phrase } from "../../../describe/phrase";

/** What keeps the public out, one by one: on, off, or nobody knows. */
export type PublicAccessSettings = ReadonlyMap<string, boolean | Phrase>;
