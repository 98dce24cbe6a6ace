import { statSync } from "node:fs";
import { ProjectError } from "../../errors";
import { isJsonList, isJsonObject, type Json } from "../../iam/language/json";
import { readPolicy } from "../../iam/language/read-policy";
import { NO_SECRETS } from "../../plan/sensitive/masking";
import { firstBytes } from "../../project/first-bytes";
import { nameOf, readInput } from "../../project/read-input";
import { readConfigItems } from "../aws/config-items";
import { readListing } from "../aws/listings";
import { isPolicyDocument, isStatement, policyOf, readElement, readQueried } from "../aws/roles";
import { type Found, unknownInput } from "../found/audited-role";
import { readTemplate } from "../template/template-roles";
import { readShowJson } from "../terraform/show-json";
import { readStateFile } from "../terraform/state-file";
import { parseText } from "../text/parse-text";
import { unreadableBytes, unreadableText } from "../text/unreadable-form";

/** Enough for a large plan, or the listing of a large account. */
const MOST_BYTES = 256 * 1_024 * 1_024;

/** A text, with the offset of each value in it. */
export interface Source {
  readonly text: string;
  readonly places: ReadonlyMap<string, number>;
}

interface FileRead {
  readonly found: Found;
  readonly source: Source;
}

/**
 * The trust policies in a file of any supported form; `-` is standard input.
 * @throws ProjectError `policy-input-unknown` for a file without any, `policy-input-unreadable` for
 * a form that another command must convert first,
 *   `json-not-read`, `yaml-not-read`, `policy-not-read`, `plan-format`, `state-format`, and those
 * of `readInput` (exit 2)
 */
export function readFile(input: string): FileRead {
  const file = nameOf(input);
  const text = readText(input);
  try {
    const { value, places } = parseText(text, isYamlName(file));
    const found = readValue(value, file);
    if (found === undefined) throw unknownInput(file);
    return { found: withMask(found), source: { text, places } };
  } catch (error) {
    // Another command may be able to convert the file.
    throw (error instanceof ProjectError ? unreadableText(text, file) : undefined) ?? error;
  }
}

/**
 * @throws ProjectError `policy-input-unreadable` for a file that is not text, and those of
 * `readInput`
 */
export function readText(input: string): string {
  if (input !== "-" && statSync(input, { throwIfNoEntry: false })?.isFile() === true) {
    const error = unreadableBytes(firstBytes(input), input);
    if (error !== undefined) throw error;
  }
  return readInput(input, MOST_BYTES);
}

function readValue(value: Json, file: string): Found | undefined {
  if (isJsonList(value)) return readList(value, file);
  if (!isJsonObject(value)) return undefined;
  const { TemplateBody: body } = value;
  if (typeof body === "string") return readValue(parseText(body, true).value, file);
  const found =
    readListing(value, file) ??
    readShowJson(value, file) ??
    readStateFile(value, file) ??
    readTemplate(value, file) ??
    readConfigItems(value, file);
  if (found !== undefined) return found;
  if (isPolicyDocument(value)) return { roles: [{ name: file, file, path: "", policy: readPolicy(value) }] };
  if (isStatement(value)) return ofStatements(value, file);
  const element = readElement(value, file, "");
  return element === undefined ? undefined : { roles: [element] };
}

/** Statements of one policy, results of `--query`, or pages of a listing. */
function readList(list: readonly Json[], file: string): Found | undefined {
  if (list.length === 0) return undefined;
  if (list.every(isStatement)) return ofStatements(list, file);
  const roles = readQueried(list, file, "");
  if (roles !== undefined) return { roles };
  const pages = list.map((one) => (isJsonObject(one) ? readValue(one, file) : undefined));
  if (!pages.every((one) => one !== undefined)) return undefined;
  const incomplete = pages.at(-1)?.incomplete;
  return {
    roles: pages.flatMap((one) => withMask(one).roles),
    ...(incomplete === undefined ? {} : { incomplete }),
  };
}

function ofStatements(statements: Json, file: string): Found {
  return { roles: [{ name: file, file, path: "", policy: readPolicy(policyOf(statements)) }] };
}

function withMask(found: Found): Found {
  const { mask = NO_SECRETS } = found;
  return mask === NO_SECRETS ? found : { ...found, roles: found.roles.map((role) => ({ ...role, mask })) };
}

/** YAML's extensions, and the one in CloudFormation's documentation. */
export function isYamlName(file: string): boolean {
  return /\.(?:ya?ml|template)$/i.test(file);
}
