import type { GrantedRefs, RefPattern } from "../config/model/model";
import { isTreeMap } from "../config/yaml/yaml-tree";
import { evaluateExpression, type Truth } from "./filter-expression";
import { writtenRef } from "./ref-filter";

/** Whether a job runs on all of some refs; if not, or if it cannot be said, on which. */
type Coverage = { readonly kind: "all" } | { readonly kind: "not" | "undetermined"; readonly ref: string };

/**
 * Whether a job with these filters runs on every one of the refs (CircleCI docs, "Branch and tag
 * filtering": without filters a job runs on all branches and for no tag; a pattern between slashes
 * is a regular expression that has to match the whole name; `only` comes before `ignore`).
 * @param filters what the workflow says: a map, an expression, or nothing
 */
export function coverageOf(filters: unknown, refs: GrantedRefs): Coverage {
  const everything: RefPattern = { kind: "prefix", prefix: "" };
  const { branches, tags } = refs.kind === "any" ? { branches: [everything], tags: [everything] } : refs;
  const all = [
    ...branches.map((pattern) => ({ pattern, of: "branches" as const })),
    ...tags.map((pattern) => ({ pattern, of: "tags" as const })),
  ];
  const judged = all.map(({ pattern, of }) => ({
    ref: of === "branches" ? writtenRef(pattern) : `tag ${writtenRef(pattern)}`,
    runs: runsOn(filters, pattern, of),
  }));
  const not = judged.find(({ runs }) => runs === false);
  if (not !== undefined) return { kind: "not", ref: not.ref };
  const unknown = judged.find(({ runs }) => runs === "unknown");
  return unknown === undefined ? { kind: "all" } : { kind: "undetermined", ref: unknown.ref };
}

function runsOn(filters: unknown, pattern: RefPattern, of: "branches" | "tags"): Truth {
  if (filters === undefined || filters === null) return of === "branches";
  if (typeof filters === "string") return evaluateExpression(filters, { of, pattern });
  if (!isTreeMap(filters)) return "unknown";
  const own = filters[of];
  if (own === undefined || own === null) return of === "branches";
  if (!isTreeMap(own)) return "unknown";
  const { only, ignore } = own;
  const isListed = only === undefined ? true : matchesAny(only, pattern);
  return and(isListed, ignore === undefined ? true : not(matchesAny(ignore, pattern)));
}

function matchesAny(list: unknown, pattern: RefPattern): Truth {
  const all: readonly unknown[] = Array.isArray(list) ? list : [list];
  return all
    .map((one): Truth => (typeof one === "string" ? matches(one, pattern) : "unknown"))
    .reduce(or, false);
}

function matches(name: string, pattern: RefPattern): Truth {
  const [, body] = /^\/(.*)\/$/s.exec(name) ?? [];
  if (body === undefined) return isExactly(name, pattern);
  const plain = body.replace(/^\^/, "").replace(/\$$/, "");
  if (pattern.kind === "exact") return matchesWhole(plain, pattern.name);
  const isOpen = ENDS_WITH_ANYTHING.test(plain) && !DEPENDS_ON_THE_REST.test(plain);
  if (isOpen && matchesWhole(plain, pattern.prefix) === true) return true;
  const [, literal, rest] = /^((?:[A-Za-z0-9_/-]|\\[./-])*)(\.\*|\.\+)?$/.exec(plain) ?? [];
  if (literal === undefined) return "unknown";
  const start = literal.replaceAll("\\", "");
  if (rest === undefined) return isExactly(start, pattern);
  // `.+` asks for one more character, which a longer beginning has.
  const isLonger = rest === ".*" || pattern.prefix.length > start.length;
  if (pattern.prefix.startsWith(start) && isLonger) return true;
  return start.startsWith(pattern.prefix) ? "unknown" : false;
}

/** `.*`, with no backslash that makes it a dot. */
const ENDS_WITH_ANYTHING = /(?:^|[^\\])(?:\\\\)*\.\*$/;

/**
 * What may make an expression that matches a name and ends with `.*` not match a longer name: a
 * choice, a look around, an end or a word boundary.
 */
const DEPENDS_ON_THE_REST = /\||\(\?|[$^]|\\[bBGZz]|&&/;

function isExactly(name: string, pattern: RefPattern): Truth {
  if (pattern.kind === "exact") return pattern.name === name;
  return name.startsWith(pattern.prefix) ? "unknown" : false;
}

/** CircleCI's expressions are Java's; what JavaScript cannot read is not decided. */
function matchesWhole(body: string, name: string): Truth {
  try {
    return new RegExp(`^(?:${body})$`, "u").test(name);
  } catch {
    return "unknown";
  }
}

function and(one: Truth, other: Truth): Truth {
  if (one === false || other === false) return false;
  return one === true && other === true ? true : "unknown";
}

function or(one: Truth, other: Truth): Truth {
  return not(and(not(one), not(other)));
}

function not(one: Truth): Truth {
  return one === "unknown" ? one : !one;
}
