import type { Value } from "../language/policy";
import { ARN_PARTS, splitArn } from "../language/split-arn";
import type { RequestKeys } from "./request";
import { everyTruth, type Truth } from "./truth";
import { compileText, type ValuePattern } from "./value-pattern";

/**
 * An ARN compared part by part: "each of the six colon-delimited components of the ARN is checked
 * separately" ("Amazon Resource Name (ARN) condition operators"), so a wildcard matches a
 * colon only in the last part. `*` alone matches every ARN. A pattern of fewer parts and a value
 * that is not an ARN are not documented, so the result is unknown.
 */
export function compileArn(value: Value): ValuePattern {
  if (value.text === "*")
    return { prefix: "", matches: (text) => (splitText(text) === undefined ? "unknown" : true) };
  const parts = splitArn(value);
  if (parts.length < ARN_PARTS) return { prefix: "", matches: () => "unknown" };
  const patterns = parts.map((part) => compileText(part, { ignoreCase: false }));
  return {
    prefix: "",
    matches: (text: string, keys: RequestKeys): Truth => {
      const found = splitText(text);
      if (found === undefined) return "unknown";
      return everyTruth([...patterns.entries()], ([at, pattern]) => pattern.matches(found[at] ?? "", keys));
    },
  };
}

function splitText(text: string): readonly string[] | undefined {
  const parts = text.split(":");
  if (parts.length < ARN_PARTS || parts[0] !== "arn") return undefined;
  return [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(":")];
}
