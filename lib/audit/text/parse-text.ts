import { decodeDocument } from "../../iam/language/decode-document";
import type { Json } from "../../iam/language/json";
import { parseJson } from "../../iam/language/parse-json";
import { isNotRead } from "../../iam/language/read-policy";
import { parseYaml } from "./yaml-json";

/** A parsed text, with the offset of each value. */
interface Parsed {
  readonly value: Json;
  readonly places: ReadonlyMap<string, number>;
}

/** Layers of JSON in a JSON string that are read. */
const MOST_LAYERS = 3;
/** For longer texts offsets are not kept: they take more memory than the text. */
const MOST_PLACED = 10_000_000;

/**
 * A text as a value: JSON, YAML, JSON that is percent-encoded as IAM's API returns it, and either
 * in a string of JSON, as `jq` without `-r` writes it.
 * @param isYaml whether the file's name says that it is YAML
 * @throws ProjectError `json-not-read`, `yaml-not-read` (exit 2)
 */
export function parseText(text: string, isYaml: boolean): Parsed {
  return parseLayer(withoutMark(text), isYaml, MOST_LAYERS);
}

function parseLayer(text: string, isYaml: boolean, layers: number): Parsed {
  const places = new Map<string, number>();
  const options = text.length > MOST_PLACED ? {} : { places };
  if (/^\s*%/.test(text)) return { ...parseLayer(decodeDocument(text.trim()), false, layers - 1), places };
  // JSON is read by its own rules, which report duplicate keys; flow collections of YAML begin
  // like JSON.
  const isJson = /^\s*[{["]/.test(text) || text.trim() === "";
  if (!isJson) return { value: parseYaml(text, options), places };
  const value = isYaml ? jsonOrYaml(text, places) : parseJson(text, options);
  if (typeof value !== "string" || layers === 0) return { value, places };
  // A value in a string has no line of its own in the file.
  return { ...parseLayer(value, isYaml, layers - 1), places: new Map() };
}

function jsonOrYaml(text: string, places: Map<string, number>): Json {
  try {
    return parseJson(text, { places });
  } catch (error) {
    if (!isNotRead(error)) throw error;
    places.clear();
    return parseYaml(text, { places });
  }
}

/** A byte order mark is no part of a text (RFC 8259, section 8.1: "may ignore the presence"). */
function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}
