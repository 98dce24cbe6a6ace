import { type Phrase, quoted } from "../../../describe/phrase";
import { isJsonObject } from "../../../iam/language/json";
import { isGlobalId, scopeOf } from "../../context/identifiers";
import { SNAPSHOTS, type Snapshot, type Timeline } from "../../context/timelines";
import type { Attributes, AttributeValue } from "../../model/facts";
import { topOf } from "./share-attributes";
import type { GrantSentences, ShareRule } from "./share-rules";
import { shareRuleOf } from "./share-types";

/**
 * What a resource shares in one snapshot: the words for each grant, by a key that is equal for
 * equal grants.
 */
export type Shares = ReadonlyMap<string, GrantSentences>;

/** How a resource shares, by its attributes in all snapshots. */
export function ruleOf({ type, at }: Timeline): ShareRule | undefined {
  return shareRuleOf(type, [...new Set(SNAPSHOTS.flatMap((snapshot) => Object.keys(at[snapshot] ?? {})))]);
}

/** All that it shares then. What is not known is left out. */
export function sharesAt(timeline: Timeline, rule: ShareRule, snapshot: Snapshot): Shares {
  const attributes = timeline.at[snapshot];
  const name = objectName(timeline, rule, snapshot);
  const object: Phrase = [quoted(name)];
  const scope = isGlobalId(name) ? "" : scopeOf(timeline);
  const known = rule.object.map((path) => textsAt(attributes, path));
  const keyOf = (...parts: readonly unknown[]) => JSON.stringify([timeline.type, scope, known, ...parts]);
  const shares = new Map<string, GrantSentences>();
  for (const [index, grant] of rule.grants.entries()) {
    if (grant.kind === "setting") {
      const [value] = textsAt(attributes, grant.at);
      const isOpen =
        attributes === undefined
          ? isOpenWithout(timeline, grant.isRestriction === true, snapshot)
          : value !== undefined && grant.open.includes(value);
      if (isOpen) shares.set(keyOf(index, grant.at), grant.sentences(object));
      continue;
    }
    for (const block of blocksAt(attributes, grant.within)) {
      const permissions = grant.each === undefined ? [""] : textsIn(block, grant.each);
      for (const who of textsIn(block, grant.principals))
        for (const permission of permissions)
          shares.set(keyOf(index, who, permission), grant.sentences(whoPhrase(who), object, permission));
    }
  }
  return shares;
}

/**
 * Without the restricting resource the object is open. If the restricting resource is new, the
 * earlier state is unknown, and all that it leaves open counts as new.
 */
function isOpenWithout({ at }: Timeline, isRestriction: boolean, snapshot: Snapshot): boolean {
  return isRestriction && snapshot === "planned" && at.current !== undefined;
}

/**
 * The name of what is shared, its address where that is known only after apply, or the address of
 * what shares it.
 */
export function objectName(
  { at, links, address }: Timeline,
  { object }: ShareRule,
  snapshot: Snapshot,
): string {
  const attributes = at[snapshot] ?? at.current ?? at.planned;
  const names = object.flatMap((path) => textsAt(attributes, path));
  const linked = object.flatMap((path) =>
    attributes?.[topOf(path)]?.kind === "later" ? (links[topOf(path)] ?? []) : [],
  );
  return (linked.length === 1 ? linked[0] : undefined) ?? names.at(-1) ?? address;
}

function whoPhrase(who: string): Phrase {
  if (/^all$/i.test(who)) return ["anyone with an AWS account"];
  if (who === "*") return ["anyone"];
  return /^\d{12}$/.test(who) ? ["account ", quoted(who)] : [quoted(who)];
}

function textsAt(attributes: Attributes | undefined, path: string): readonly string[] {
  const value: AttributeValue | undefined = attributes?.[topOf(path)];
  return value?.kind === "value" ? textsIn({ [topOf(path)]: value.value }, path) : [];
}

function blocksAt(attributes: Attributes | undefined, within: string): readonly unknown[] {
  const known = Object.fromEntries(
    Object.entries(attributes ?? {}).flatMap(([name, value]) =>
      value.kind === "value" ? [[name, value.value]] : [],
    ),
  );
  return within === "" ? [known] : within.split(".").reduce(stepInto, [known]);
}

/**
 * All texts under a path, through lists and blocks; numbers and booleans as texts, and of lists
 * that are one text each part.
 */
function textsIn(value: unknown, path: string): readonly string[] {
  const found = path
    .split(".")
    .reduce(stepInto, [value])
    .flatMap((one) => (Array.isArray(one) ? one.flat(2) : [one]));
  return found.flatMap((one: unknown) => {
    if (typeof one === "boolean" || typeof one === "number") return [String(one)];
    if (typeof one !== "string") return [];
    return path.endsWith("account_ids")
      ? one.split(/[,\s]+/).filter((part) => part !== "")
      : one === ""
        ? []
        : [one];
  });
}

function stepInto(values: readonly unknown[], step: string): readonly unknown[] {
  return values
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .flatMap((one: unknown) => {
      const next: unknown = isJsonObject(one) ? one[step] : undefined;
      return next === undefined || next === null ? [] : [next];
    });
}
