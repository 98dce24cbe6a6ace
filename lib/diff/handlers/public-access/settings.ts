import type { Phrase } from "../../../describe/phrase";

/** The settings that protect a bucket from public access: on, off, or unknown. */
export type PublicAccessSettings = ReadonlyMap<string, boolean | Phrase>;
