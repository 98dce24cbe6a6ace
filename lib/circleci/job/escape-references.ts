/**
 * A value of the pipeline, which a command may refer to on purpose (CircleCI docs, "Pipeline
 * values and parameters").
 */
const REFERENCE = /<<\s*pipeline\.[A-Za-z0-9_.-]+\s*>>/y;

/**
 * A text of a configuration in which `<<` means itself. In version 2.1 it begins a reference
 * everywhere in the file, and a here-document or here-string makes CircleCI refuse all of it: "'<<'
 * must be escaped as '\\<<' in config v2.1+" (CircleCI docs, "Configuration reference", `run`).
 * References to pipeline values stay.
 */
export function escapeReferences(text: string): string {
  let escaped = "";
  let at = 0;
  for (;;) {
    const next = text.indexOf("<<", at);
    if (next === -1) return escaped + text.slice(at);
    REFERENCE.lastIndex = next;
    const [reference] = REFERENCE.exec(text) ?? [];
    const isEscaped = text[next - 1] === "\\";
    escaped += text.slice(at, next) + (reference ?? (isEscaped ? "<<" : "\\<<"));
    at = next + (reference?.length ?? 2);
  }
}

/** What CircleCI runs: the text without the escapes. */
export function unescapeReferences(text: string): string {
  return text.replaceAll("\\<<", "<<");
}
