import { readdirSync } from "node:fs";
import path from "node:path";
import type { ProjectError } from "../errors";
import type { FileNote } from "./found";
import { isYamlName, readText } from "./read-file";

/**
 * What tools keep for themselves: copies of others' files, and no policies of anybody's account.
 */
const LEFT = new Set(["node_modules", ".git", ".terraform"]);

/** The names of files in which people keep policies. */
const HOLDS = /\.(?:json|tfstate|ya?ml|template)$/i;

/**
 * The files of a folder and of those below it that may hold policies, by their names. Links are not
 * followed, so there is no way round in circles.
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
      } else if (LEFT.has(entry.name))
        left.push({ file, reason: "folders of this name are not looked into" });
      else walk(file);
    }
  };
  walk(folder);
  return { files, left };
}

/**
 * What a trust policy, or what holds one, can hardly do without, in any of the forms that are read.
 */
const SIGNS = /assume_?role_?policy|sts:AssumeRole|oidc-provider|"Statement"|^\s*Statement:/im;
/** The CDK's own copy of what stands in the templates beside it. */
const CDK_TREE = /^\s*\{\s*"version"\s*:\s*"tree-0/;

/**
 * Whether a file that could not be read plainly holds no trust policy: it could be understood, or
 * is YAML of another kind, and speaks of none. JSON that cannot be parsed may be a policy that is
 * cut off.
 */
export function holdsNoPolicy(file: string, { code }: ProjectError): boolean {
  const isUnderstood = code === "policy-input-unknown" || (code === "yaml-not-read" && isYamlName(file));
  if (!isUnderstood) return false;
  const text = readText(file);
  return CDK_TREE.test(text) || !SIGNS.test(text);
}
