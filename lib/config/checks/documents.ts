import { documentFileRule } from "../rules/document-file";
import type { Reporter, Violation } from "../yaml/problem";
import type { Field, Outline } from "./outline";

/** Reads a policy file by the path that access.yaml gives. */
export type ReadDocument = (file: string) => { readonly text: string } | { readonly violation: Violation };

/** For texts without a folder: no file can be read. */
export const noDocuments: ReadDocument = (file) => ({
  violation: {
    code: "document-unreadable",
    message: "policy files cannot be read here",
    found: file,
    allowed: "a text that names no policy files",
    fix: "pass access.yaml as a file",
  },
});

/** Every file that a role names, read once. The schema reports malformed paths. */
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
