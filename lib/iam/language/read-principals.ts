import { isJsonList, isJsonObject, type Json, kindOfJson } from "./json";
import { atKey } from "./json-path";
import { insteadOf, notRead } from "./not-read";
import type { JsonPath, PrincipalMember, Principals, PrincipalType } from "./policy";
import { readTexts } from "./read-values";

const TYPES: readonly PrincipalType[] = ["AWS", "Federated", "Service", "CanonicalUser"];

/**
 * `Principal` or `NotPrincipal`: `*`, or one or several texts for each type ("AWS JSON policy
 * elements: Principal"). A wildcard is the complete text `*`, never a part of one. An empty object
 * or list names no principal. As NotPrincipal it would mean every principal, so it is rejected.
 * @throws ProjectError `policy-not-read`
 */
export function readPrincipals(value: Json, negated: boolean, path: JsonPath): Principals {
  if (value === "*") return { path, negated, members: [{ path, type: "Everyone", text: "*" }] };
  if (!isJsonObject(value)) {
    throw notRead(path, "this is not a principal", kindOfJson(value), 'write "*" or { "AWS": "…" }');
  }
  const members = Object.entries(value).flatMap(([type, texts]) =>
    isJsonList(texts) && texts.length === 0 && !negated ? [] : readMembers(type, texts, atKey(path, type)),
  );
  if (members.length === 0 && negated)
    throw notRead(
      path,
      "NotPrincipal must name a principal",
      "an empty object",
      `allowed: ${TYPES.join(", ")}`,
    );
  return { path, negated, members };
}

function readMembers(name: string, texts: Json, path: JsonPath): readonly PrincipalMember[] {
  const type = TYPES.find((one) => one === name);
  if (type === undefined) {
    throw notRead(path, "unknown principal type", JSON.stringify(name), insteadOf(name, TYPES));
  }
  return readTexts(texts, path).map(({ text, path: place }) => {
    const isWhole = text === "*" && (type === "AWS" || type === "Federated");
    if (text === "" || (text.includes("*") && !isWhole) || text.includes("${")) {
      const fix = "write each principal in full, or * for all principals";
      throw notRead(place, "a principal must not contain wildcards or variables", JSON.stringify(text), fix);
    }
    return { path: place, type, text };
  });
}
