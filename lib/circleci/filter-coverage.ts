import type { GrantedRefs, RefPattern } from "../config/model/model";
import { patternText } from "../config/model/ref-pattern";
import { isTreeMap } from "../config/yaml/yaml-tree";
import { everyTruth, notTruth, someTruth, type Truth } from "../iam/evaluate/truth";
import { evaluateExpression, textsCompared } from "./filter-expression";
import { includes } from "./ref-filter";

/** Whether a job runs on all of some refs; if not, or if it cannot be said, on which. */
export type Coverage =
  | { readonly kind: "all" }
  | { readonly kind: "not" | "undetermined"; readonly ref: string };

/**
 * Whether a job with these filters runs on every one of the refs (CircleCI docs, "Branch and tag
 * filtering": without filters a job runs on all branches and for no tag; a pattern between slashes
 * is a regular expression that has to match the whole name; `only` comes before `ignore`).
 * @param filters what the workflow says: a map, an expression, or nothing
 * @param except refs among them that are not asked about
 */
export function coverageOf(filters: unknown, refs: GrantedRefs, except?: GrantedRefs): Coverage {
  const everything: RefPattern = { kind: "prefix", prefix: "" };
  const lists = (some: GrantedRefs) =>
    some.kind === "any" ? { branches: [everything], tags: [everything] } : some;
  const asked = lists(refs);
  const not = except === undefined ? { branches: [], tags: [] } : lists(except);
  const judged = (["branches", "tags"] as const).flatMap((of) =>
    asked[of]
      .filter((pattern) => !not[of].some((one) => includes(one, pattern)))
      .map((pattern) => ({ of, ...judge(filters, { of, pattern, except: not[of] }) })),
  );
  const found =
    judged.find(({ truth }) => truth === false) ?? judged.find(({ truth }) => truth === "unknown");
  if (found === undefined) return { kind: "all" };
  const { of, ref, truth } = found;
  return { kind: truth === false ? "not" : "undetermined", ref: inWords(ref, of, not[of]) };
}

/** Such as `main`, `tag v*`, `every branch except main`. */
function inWords(ref: RefPattern, of: "branches" | "tags", except: readonly RefPattern[]): string {
  const isEvery = ref.kind === "prefix" && ref.prefix === "";
  if (!isEvery) return of === "branches" ? patternText(ref) : `tag ${patternText(ref)}`;
  const every = of === "branches" ? "every branch" : "every tag";
  return except.length === 0 ? every : `${every} except ${except.map(patternText).join(" and ")}`;
}

interface Asked {
  readonly of: "branches" | "tags";
  readonly pattern: RefPattern;
  readonly except: readonly RefPattern[];
}

interface Judged {
  readonly truth: Truth;
  /** On which the job does not run, or on which it is not known. */
  readonly ref: RefPattern;
}

/**
 * Names that no text of the filters tells apart have the same answer. So those that begin alike are
 * decided by one name for each text: the text itself, or one that begins with it and goes on as no
 * text does.
 */
function judge(filters: unknown, { of, pattern, except }: Asked): Judged {
  const truth = runsOn(filters, pattern, of);
  if (pattern.kind === "exact" || truth === true) return { truth, ref: pattern };
  const { texts, isComplete } = textsIn(filters, of);
  const bounds = except.map((one) => (one.kind === "exact" ? one.name : one.prefix));
  const names = [pattern.prefix, ...texts, ...bounds].flatMap((text) => [
    { name: `${text}${AS_NO_TEXT}`, ref: { kind: "prefix", prefix: text } as const },
    { name: text, ref: { kind: "exact", name: text } as const },
  ]);
  const answers = names.flatMap(({ name, ref }): readonly Judged[] => {
    const exact: RefPattern = { kind: "exact", name };
    // Every ref has a name.
    if (name === "" || !includes(pattern, exact) || except.some((one) => includes(one, exact))) return [];
    return [{ truth: runsOn(filters, exact, of), ref }];
  });
  const not = answers.find((one) => one.truth === false);
  const isDecided = isComplete && answers.every((one) => one.truth === true);
  return not ?? { truth: isDecided ? true : "unknown", ref: pattern };
}

/** A character that git allows in a ref and that no configuration has. */
const AS_NO_TEXT = "\u{F0000}";

interface Texts {
  /** Names, and beginnings of names, that the filters ask for. */
  readonly texts: readonly string[];
  /** False: the filters also ask for something else. */
  readonly isComplete: boolean;
}

function textsIn(filters: unknown, of: Asked["of"]): Texts {
  if (filters === undefined || filters === null) return { texts: [], isComplete: true };
  if (typeof filters === "string") {
    const texts = textsCompared(filters);
    return { texts: texts ?? [], isComplete: texts !== undefined };
  }
  const own: unknown = isTreeMap(filters) ? filters[of] : undefined;
  if (!isTreeMap(filters)) return { texts: [], isComplete: false };
  if (own === undefined || own === null) return { texts: [], isComplete: true };
  if (!isTreeMap(own)) return { texts: [], isComplete: false };
  const all = [own.only ?? [], own.ignore ?? []].flat().map(textOf);
  return {
    texts: all.flatMap((text) => text ?? []),
    isComplete: all.every((text) => text !== undefined),
  };
}

/** The name, or the beginning that a pattern asks for. Undefined: the pattern asks for more. */
function textOf(entry: unknown): string | undefined {
  if (typeof entry !== "string") return undefined;
  const body = bodyOf(entry);
  return body === undefined ? entry : literalIn(body)?.text;
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
  const isKept = ignore === undefined ? true : notTruth(matchesAny(ignore, pattern));
  return everyTruth([isListed, isKept], (one) => one);
}

function matchesAny(list: unknown, pattern: RefPattern): Truth {
  const all: readonly unknown[] = Array.isArray(list) ? list : [list];
  return someTruth(all, (one) => (typeof one === "string" ? matches(one, pattern) : "unknown"));
}

/** A regular expression between slashes, without the marks of its ends. Undefined: a name. */
function bodyOf(entry: string): string | undefined {
  const [, body] = /^\/(.*)\/$/s.exec(entry) ?? [];
  return body?.replace(/^\^/, "").replace(/\$$/, "");
}

/** An expression that is a text, and possibly anything after it. */
function literalIn(body: string): { readonly text: string; readonly rest: string | undefined } | undefined {
  const [, literal, rest] = /^((?:[A-Za-z0-9_/-]|\\[./-])*)(\.\*|\.\+)?$/.exec(body) ?? [];
  return literal === undefined ? undefined : { text: literal.replaceAll("\\", ""), rest };
}

function matches(name: string, pattern: RefPattern): Truth {
  const body = bodyOf(name);
  if (body === undefined) return isExactly(name, pattern);
  if (pattern.kind === "exact") return matchesWhole(body, pattern.name);
  const isOpen = ENDS_WITH_ANYTHING.test(body) && !DEPENDS_ON_THE_REST.test(body);
  if (isOpen && matchesWhole(body, pattern.prefix) === true) return true;
  const { text, rest } = literalIn(body) ?? {};
  if (text === undefined) return "unknown";
  if (rest === undefined) return isExactly(text, pattern);
  // `.+` asks for one more character, which a longer beginning has.
  const isLonger = rest === ".*" || pattern.prefix.length > text.length;
  if (pattern.prefix.startsWith(text) && isLonger) return true;
  return text.startsWith(pattern.prefix) ? "unknown" : false;
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
