/** What type of values a condition key has. */
export type KeyType = "text" | "boolean" | "number" | "date" | "address" | "arn";

/**
 * Global keys that hold something else than text (IAM User Guide, "AWS global condition context
 * keys", data type of each).
 */
const GLOBAL_TYPES: ReadonlyMap<string, KeyType> = new Map([
  ["aws:currenttime", "date"],
  ["aws:epochtime", "date"],
  ["aws:tokenissuetime", "date"],
  ["aws:multifactorauthage", "number"],
  ["aws:multifactorauthpresent", "boolean"],
  ["aws:principalisawsservice", "boolean"],
  ["aws:securetransport", "boolean"],
  ["aws:viaawsservice", "boolean"],
  ["aws:sourceip", "address"],
  ["aws:vpcsourceip", "address"],
  ["aws:ec2instancesourceprivateipv4", "address"],
  ["aws:principalarn", "arn"],
  ["aws:sourcearn", "arn"],
]);

/** The global keys that hold several values; all others of `aws:` hold one. */
const GLOBAL_LISTS: ReadonlySet<string> = new Set([
  "aws:calledvia",
  "aws:principalorgpaths",
  "aws:principalservicenameslist",
  "aws:resourceorgpaths",
  "aws:sourceorgpaths",
  "aws:tagkeys",
  "aws:vpceorgpaths",
]);

/**
 * Keys that nearly every request has, so that an example shows them with a value ("Availability" of
 * each).
 */
const NEARLY_ALWAYS: ReadonlySet<string> = new Set([
  "aws:currenttime",
  "aws:epochtime",
  "aws:securetransport",
  "aws:sourceip",
]);

/** Two keys that hold the time of the request, in two formats. */
export const CLOCK: readonly string[] = ["aws:currenttime", "aws:epochtime"];
/** The one of them that counts seconds since 1970. */
export const SECONDS_KEY = "aws:epochtime";

/**
 * The type that AWS documents for a global key. A tag or a claim of a token can hold any text.
 * Undefined: the key belongs to a service; its type follows from the operators that policies use.
 *
 * @param name in lower case
 */
export function documentedType(name: string): KeyType | undefined {
  const [prefix = ""] = name.split(":");
  if (prefix === "aws") return GLOBAL_TYPES.get(name) ?? "text";
  return prefix.includes(".") || name.includes("tag/") ? "text" : undefined;
}

/** Undefined: the key is a service's, and conditions tell whether it holds several values. */
export function isDocumentedList(name: string): boolean | undefined {
  return name.startsWith("aws:") ? GLOBAL_LISTS.has(name) : undefined;
}

export function isNearlyAlwaysThere(name: string): boolean {
  return NEARLY_ALWAYS.has(name);
}
