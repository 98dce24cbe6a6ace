import { readdirSync } from "node:fs";
import path from "node:path";
import type { ProjectError } from "../../errors";
import type { FileNote } from "../found/audited-role";
import { isYamlName, readText } from "./read-file";

/** Folders of tools, with copies of other files: they contain no policies of an account. */
const LEFT = new Set(["node_modules", ".git", ".terraform"]);

/** Names of files that may contain policies. */
const HOLDS = /\.(?:json|tfstate|ya?ml|template)$/i;

/**
 * The files of a folder and its subfolders that may contain policies, by their names. Links are not
 * followed, so that there are no loops.
 */
export function filesIn(folder: string): {
  readonly files: readonly string[];
  readonly left: readonly FileNote[];
} {
  const files: string[] = [];
  const left: FileNote[] = [];
  const walk = (at: string): void => {
    const entries = readdirSync(at, { withFileTypes: true }).sort((one, other) =>
      one.name < other.name ? -1 : 1,
    );
    for (const entry of entries) {
      const file = path.join(at, entry.name);
      if (!entry.isDirectory()) {
        if (entry.isFile() && HOLDS.test(entry.name)) files.push(file);
      } else if (LEFT.has(entry.name)) left.push({ file, reason: "folders of this name are skipped" });
      else walk(file);
    }
  };
  walk(folder);
  return { files, left };
}

/** Texts of which every supported form of a trust policy contains at least one. */
const SIGNS = /assume_?role_?policy|sts:AssumeRole|oidc-provider|"Statement"|^\s*Statement:/im;
/** The CDK's own copy of the templates beside it. */
const CDK_TREE = /^\s*\{\s*"version"\s*:\s*"tree-0/;

/**
 * Whether an unreadable file certainly contains no trust policy: it could be parsed, or is YAML of
 * another kind, and has none of the texts above. Invalid JSON may be a truncated policy.
 */
export function holdsNoPolicy(file: string, { code }: ProjectError): boolean {
  const isUnderstood = code === "policy-input-unknown" || (code === "yaml-not-read" && isYamlName(file));
  if (!isUnderstood) return false;
  const text = readText(file);
  return CDK_TREE.test(text) || !SIGNS.test(text);
}
