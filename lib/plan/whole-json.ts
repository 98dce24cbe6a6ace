import { oneLine } from "../collections/one-line";
import { isJsonText } from "../iam/language/json";

/** The JSON value of a text, or why it is not JSON, without any of its values. */
type WholeJson = { readonly value: unknown } | { readonly why: string; readonly fix?: string };

/**
 * The length to which a line that is not JSON is shown: it is a command or a log line, not part of
 * the plan.
 */
const MOST_SHOWN = 80;

/**
 * Reads a text that is to be one JSON document. Wrappers of Terraform in pipelines print a line of
 * their own before or after it, and that is said as such.
 */
export function wholeJson(text: string): WholeJson {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return strayLine(text) ?? { why: cutOff(text, error) };
  }
}

/** The message of the JavaScript engine quotes the text, which may contain a secret. */
function cutOff(text: string, error: unknown): string {
  const place = /position \d+/.exec(error instanceof Error ? error.message : "")?.[0];
  const where = place === undefined ? `${text.length} characters` : `${place} of ${text.length}`;
  return `it is not a complete JSON document (${where})`;
}

/** A line before or after a document that is whole without it. */
function strayLine(text: string): WholeJson | undefined {
  const lines = text.split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => line.startsWith("{"));
  const last = lines.findLastIndex((line) => line.trimEnd().endsWith("}"));
  if (first === -1 || last < first || !isJsonText(lines.slice(first, last + 1).join("\n"))) return undefined;
  const at = lines.findIndex((line, index) => (index < first || index > last) && line.trim() !== "");
  const line = oneLine(lines[at] ?? "");
  const shown = line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line;
  return {
    why: `line ${at + 1} is not JSON: \`${shown}\``,
    fix: "print the plan without a wrapper of Terraform around it: turn the wrapper off (in hashicorp/setup-terraform, `terraform_wrapper: false`)",
  };
}
