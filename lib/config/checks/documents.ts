import { documentFileRule } from "../rules/document-file";
import type { Reporter, Violation } from "../yaml/problem";
import type { Field, Outline } from "./outline";

/** Reads one policy's file, by its path as access.yaml writes it. */
export type ReadDocument = (file: string) => { readonly text: string } | { readonly violation: Violation };

/** For texts that stand alone. */
export const noDocuments: ReadDocument = (file) => ({
  violation: {
    code: "document-unreadable",
    message: "nothing but the text itself is read here",
    found: file,
    allowed: "a text that names no files",
    fix: "read the file access.yaml instead",
  },
});

/**
 * Every file that a role names, read once. Paths that are malformed are the schema's business
 * alone.
 */
export function readDocuments(
  outline: Outline,
  read: ReadDocument,
  report: Reporter,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const field of outline.projects.flatMap(({ roles }) => roles).flatMap(documentsOf)) {
    if (texts.has(field.value) || documentFileRule(field.value) !== undefined) continue;
    const found = read(field.value);
    if ("text" in found) texts.set(field.value, found.text);
    else report.at(field.path, found.violation);
  }
  return texts;
}

function documentsOf({
  trust,
  inlinePolicies,
}: Outline["projects"][number]["roles"][number]): readonly Field[] {
  return trust === undefined ? inlinePolicies : [trust, ...inlinePolicies];
}
