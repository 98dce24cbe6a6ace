import { code } from "./code";

/**
 * A pipe ends a cell, even in a code span, unless it follows a backslash (GFM, section 4.10).
 * Markdown renderers disagree on two backslashes before a pipe, so that pipe becomes a broken bar.
 */
export function cellCode(text: string): string {
  return code(text.replaceAll("\\|", "\\¦")).replaceAll("|", "\\|");
}
