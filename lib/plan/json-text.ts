import { ProjectError } from "../errors";
import { isJsonObject, type Json, type JsonObject } from "../iam/language/json";
import { parseJson } from "../iam/language/parse-json";

/**
 * Longer texts are shown as they are: no policy, and no document that anyone reads, has so many
 * characters.
 */
const MOST_CHARACTERS = 1_000_000;

/**
 * The document that a text holds: an object or a list. Undefined for every other text, also for
 * JSON that names a key twice, of which half would not be looked at.
 */
export function documentIn(text: string): Json | undefined {
  if (text.length > MOST_CHARACTERS || !/^\s*[{[]/.test(text)) return undefined;
  try {
    const document: unknown = JSON.parse(text);
    // What is written as it was read has no key twice. That is how Terraform writes, and much
    // faster to find out.
    if (isWrittenAs(text, document)) return document;
    return parseJson(text);
  } catch (error) {
    if (error instanceof ProjectError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A policy of IAM's language, readable or not: what it consists of is told by its statements. */
export function isPolicy(document: Json | undefined): document is JsonObject {
  return isJsonObject(document) && typeof document.Statement === "object" && document.Statement !== null;
}

function isWrittenAs(text: string, document: unknown): document is Json {
  return JSON.stringify(document) === text;
}
