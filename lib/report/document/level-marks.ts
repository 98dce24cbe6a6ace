import type { Level } from "../rows/access-row";

/** A colour beside words that say the same. */
export const LEVEL_MARKS: Readonly<Record<Level, string>> = {
  severe: "🔴",
  grows: "🟠",
  undetermined: "🟡",
  shrinks: "🟢",
};
