import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { ProjectError } from "../errors";
import { isJsonObject } from "../iam/language/json";
import { parseJson } from "../iam/language/parse-json";
import { readPolicy } from "../iam/language/read-policy";
import { namingFile } from "../project/naming-file";
import { nameOf, readInput } from "../project/read-input";
import { type AuditedRole, unknownInput } from "./audited-role";
import { isIncomplete, readAwsListing } from "./aws-listings";
import { readTerraformJson } from "./terraform-json";

export interface AuditInputs {
  readonly roles: readonly AuditedRole[];
  /** Files of a folder that hold no trust policies, with the reason. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** Files that are one page of several. */
  readonly incomplete: readonly string[];
  /** The text of each file and where each value begins in it. */
  readonly sources: ReadonlyMap<string, Source>;
}

export interface Source {
  readonly text: string;
  readonly places: ReadonlyMap<string, number>;
}

/**
 * Everything that holds trust policies in files and folders; `-` is standard input. All is read before anything is said.
 * @throws ProjectError `policy-input-unknown`, `json-not-read`, `policy-not-read` and those of `readInput` (exit 2); in a folder,
 *   what is no such file is skipped and named, but one must be
 */
export function readInputs(inputs: readonly string[]): AuditInputs {
  const roles: AuditedRole[] = [];
  const skipped: { file: string; reason: string }[] = [];
  const incomplete: string[] = [];
  const sources = new Map<string, Source>();
  const read = (file: string): void => {
    const found = namingFile(nameOf(file), () => readFile(file));
    roles.push(...found.roles);
    if (found.isIncomplete) incomplete.push(nameOf(file));
    sources.set(nameOf(file), found.source);
  };
  for (const input of inputs) {
    if (input === "-" || !isFolder(input)) {
      read(input);
      continue;
    }
    const before = sources.size;
    for (const file of jsonFilesIn(input)) {
      try {
        read(file);
      } catch (error) {
        if (!(error instanceof ProjectError)) throw error;
        skipped.push({ file, reason: error.message });
      }
    }
    if (sources.size === before) throw unknownInput(input);
  }
  return { roles, skipped, incomplete, sources };
}

interface FileRead {
  readonly roles: readonly AuditedRole[];
  readonly isIncomplete: boolean;
  readonly source: Source;
}

function readFile(input: string): FileRead {
  const file = nameOf(input);
  const text = readInput(input);
  const places = new Map<string, number>();
  const value = parseJson(text, { places });
  if (!isJsonObject(value)) throw unknownInput(file);
  const listed = readAwsListing(value, file) ?? readTerraformJson(value, file);
  const source = { text, places };
  if (listed !== undefined) return { roles: listed, isIncomplete: isIncomplete(value), source };
  if (value.Statement === undefined) throw unknownInput(file);
  return { roles: [{ name: file, file, path: "", policy: readPolicy(value) }], isIncomplete: false, source };
}

function isFolder(input: string): boolean {
  return statSync(input, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Links are not followed, so there is no way round in circles. */
function jsonFilesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((one, other) =>
    one.name < other.name ? -1 : 1,
  );
  return entries.flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return jsonFilesIn(file);
    return entry.isFile() && entry.name.endsWith(".json") ? [file] : [];
  });
}
