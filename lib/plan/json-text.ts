import { ProjectError } from "../errors";
import { isJsonObject, type Json, type JsonObject } from "../iam/language/json";
import { parseJson } from "../iam/language/parse-json";

/** Longer texts are shown as they are. No policy, and no document for people, is that long. */
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

/** A policy in IAM's language, valid or not: it is shown by its statements. */
export function isPolicy(document: Json | undefined): document is JsonObject {
  return isJsonObject(document) && typeof document.Statement === "object" && document.Statement !== null;
}

function isWrittenAs(text: string, document: unknown): document is Json {
  return JSON.stringify(document) === text;
}
