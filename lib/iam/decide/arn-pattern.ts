import type { Piece, Value } from "../language/policy";
import type { RequestKeys } from "./request";
import { everyTruth, type Truth } from "./truth";
import { compileText, type ValuePattern } from "./value-pattern";

/** Partition, service, region, account, resource, after the word `arn`. */
const PARTS = 6;

/**
 * An ARN compared part by part: "each of the six colon-delimited components of the ARN is checked separately" ("Amazon Resource Name
 * (ARN) condition operators"), so a wildcard never reaches past a colon but in the last part. `*` alone is every ARN. What the guide
 * does not say is unknown: a pattern of fewer parts, a value that is no ARN.
 */
export function compileArn(value: Value): ValuePattern {
  if (value.text === "*")
    return { prefix: "", matches: (text) => (splitArn(text) === undefined ? "unknown" : true) };
  const parts = splitPieces(value);
  if (parts.length < PARTS) return { prefix: "", matches: () => "unknown" };
  const patterns = parts.map((part) => compileText(part, { ignoreCase: false }));
  return {
    prefix: "",
    matches: (text: string, keys: RequestKeys): Truth => {
      const found = splitArn(text);
      if (found === undefined) return "unknown";
      return everyTruth([...patterns.entries()], ([at, pattern]) => pattern.matches(found[at] ?? "", keys));
    },
  };
}

function splitArn(text: string): readonly string[] | undefined {
  const parts = text.split(":");
  if (parts.length < PARTS || parts[0] !== "arn") return undefined;
  return [...parts.slice(0, PARTS - 1), parts.slice(PARTS - 1).join(":")];
}

/** Colons of the policy's own text divide it; those in a variable's value do not. */
function splitPieces(value: Value): readonly Value[] {
  const parts: Piece[][] = [[]];
  for (const piece of value.pieces) {
    if (piece.kind !== "literal") {
      parts.at(-1)?.push(piece);
      continue;
    }
    let { text } = piece;
    for (let colon = text.indexOf(":"); colon !== -1 && parts.length < PARTS; colon = text.indexOf(":")) {
      addText(parts.at(-1), text.slice(0, colon));
      parts.push([]);
      text = text.slice(colon + 1);
    }
    addText(parts.at(-1), text);
  }
  return parts.map((pieces) => ({ ...value, pieces }));
}

function addText(pieces: Piece[] | undefined, text: string): void {
  if (text !== "") pieces?.push({ kind: "literal", text });
}
