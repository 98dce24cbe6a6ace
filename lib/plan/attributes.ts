import { isJsonList, isJsonObject, type Json } from "../iam/language/json";
import { atIndex, atKey } from "../iam/language/json-path";
import { pairsOfLists } from "./element-pairs";
import { isEqual } from "./equal";
import { documentIn, isPolicy } from "./json-text";
import type { PlannedChange } from "./plan-json";
import type { AttributeChange } from "./resource-change";
import { hasMark } from "./sensitive/marks";
import { indices, isAbsent, isEmpty, isList, isMap, keysOf, type Side, shown, sideAt } from "./side";
import { statementChanges } from "./statement-changes";

const NOTHING: Side = { value: undefined, sensitive: undefined, unknown: undefined };

interface DiffSettings {
  /** Asked of each attribute (`tags`, not `tags.team`) that differs. Default: all. */
  readonly isWanted?: (attribute: string) => boolean;
  /**
   * Whether an empty text, list or map equals null. Default: false, because an empty list can
   * remove what null leaves as it is.
   */
  readonly isEmptyNothing?: boolean;
}

/**
 * What differs between a resource before and after, part by part; all that is known of it where it
 * is created or destroyed.
 */
export function attributeChanges(
  change: PlannedChange,
  { isWanted = () => true, isEmptyNothing = false }: DiffSettings = {},
): readonly AttributeChange[] {
  const [before, after] = sidesOf(change);
  const all: AttributeChange[] = [];
  for (const key of keysOfBoth(before, after)) {
    const [old, now] = [sideAt(before, key), sideAt(after, key)];
    const isQuiet = isEmptyNothing ? isSameOrEmpty : isSame;
    if (isQuiet(old, now) || (isEmptyNothing && isEmpty(old) && isEmpty(now))) continue;
    const found: AttributeChange[] = [];
    walk(atKey("", key), old, now, { isQuiet, found });
    if (found.length > 0 && isWanted(key)) all.push(...found);
  }
  return all;
}

function sidesOf(change: PlannedChange): readonly [Side, Side] {
  const { before, after, after_unknown: unknown } = change;
  return [
    { value: before, sensitive: change.before_sensitive, unknown: undefined },
    // What is destroyed has nothing to become known.
    after === null && before !== null
      ? NOTHING
      : { value: after, sensitive: change.after_sensitive, unknown },
  ];
}

interface Walk {
  readonly isQuiet: (before: Side, after: Side) => boolean;
  readonly found: AttributeChange[];
}

function walk(path: string, before: Side, after: Side, on: Walk): void {
  const { isQuiet, found } = on;
  if (isQuiet(before, after)) return;
  if (before.sensitive === true || after.sensitive === true) {
    // Also the side that is not marked: it may well be the same value.
    found.push({
      path,
      before: isAbsent(before) ? { kind: "absent" } : { kind: "sensitive" },
      after: isAbsent(after) ? { kind: "absent" } : { kind: "sensitive" },
    });
  } else if (after.unknown === true || before.unknown === true) {
    found.push({ path, before: shown(before), after: shown(after) });
  } else if (
    isFolder(before, after, isMap) ||
    (isFolder(before, after, isList) && !isPlainList(before, after))
  ) {
    const size = found.length;
    walkParts(path, before, after, on);
    // The value contains only null: adding, removing or extending it is a change nevertheless.
    const isOther = isAbsent(before) !== isAbsent(after) || indices(before).length !== indices(after).length;
    if (found.length === size && isOther) found.push({ path, before: shown(before), after: shown(after) });
  } else if (isText(before) || isText(after)) walkText(path, before, after, found);
  else found.push({ path, before: shown(before), after: shown(after) });
}

function walkParts(path: string, before: Side, after: Side, on: Walk): void {
  if (isFolder(before, after, isMap)) {
    for (const key of keysOfBoth(before, after))
      walk(atKey(path, key), sideAt(before, key), sideAt(after, key), on);
    return;
  }
  for (const { before: old, after: now } of pairsOfLists(before, after)) {
    walk(
      atIndex(path, now ?? old ?? 0),
      old === undefined ? NOTHING : sideAt(before, old),
      now === undefined ? NOTHING : sideAt(after, now),
      on,
    );
  }
}

/** Nothing to say: the same value, known and marked alike. */
function isSame(before: Side, after: Side): boolean {
  if (isAbsent(before) && isAbsent(after)) return true;
  if (hasMark(after.unknown) || hasMark(before.unknown)) return false;
  if (hasMark(before.sensitive) !== hasMark(after.sensitive)) return false;
  return isEqual(before.value, after.value);
}

/** The same, where an empty list or map equals null. An empty text can be a value, as in a tag. */
function isSameOrEmpty(before: Side, after: Side): boolean {
  if (isSame(before, after)) return true;
  return isEmpty(before) && isEmpty(after) && !isText(before) && !isText(after);
}

/** Both are maps, or lists; or one is, with content, and the other is absent. */
function isFolder(before: Side, after: Side, is: (side: Side) => boolean): boolean {
  if (is(before) && is(after)) return true;
  const [there, other] = is(before) ? [before, after] : [after, before];
  return is(there) && isAbsent(other) && [...keysOf(there), ...indices(there)].length > 0;
}

/** A list of texts and numbers that comes or goes as a whole is one value: `["a", "b"]`. */
function isPlainList(before: Side, after: Side): boolean {
  const there = isAbsent(before) ? after : before;
  if (!isAbsent(before) && !isAbsent(after)) return false;
  return indices(there).every((index) => {
    const side = sideAt(there, index);
    return !isMap(side) && !isList(side);
  });
}

function isText({ value }: Side): boolean {
  return typeof value === "string";
}

function keysOfBoth(before: Side, after: Side): readonly string[] {
  if (isAbsent(before)) return keysOf(after);
  if (isAbsent(after)) return keysOf(before);
  return [...new Set([...keysOf(before), ...keysOf(after)])].sort();
}

/**
 * A text that contains a document is shown by its differences: a policy by its statements, other
 * JSON by its parts.
 */
function walkText(path: string, before: Side, after: Side, found: AttributeChange[]): void {
  const change = { path, before: shown(before), after: shown(after) };
  const [old, now] = [documentOf(before), documentOf(after)];
  const statements =
    (isPolicy(old) || isAbsent(before)) && (isPolicy(now) || isAbsent(after))
      ? statementChanges(isPolicy(old) ? old : undefined, isPolicy(now) ? now : undefined)
      : undefined;
  if (statements !== undefined) {
    found.push({ ...change, statements });
    return;
  }
  const parts: AttributeChange[] = [];
  if (isSameKind(old, now)) {
    // In a document an empty list may say something else than none.
    walk(path, { ...NOTHING, value: old }, { ...NOTHING, value: now }, { isQuiet: isSame, found: parts });
  } else parts.push(change);
  // In a document null may say something else than nothing.
  if (parts.length === 0 && !isEqual(old, now)) parts.push(change);
  if (parts.length === 0) found.push({ ...change, statements: [] });
  else found.push(...parts);
}

function documentOf({ value }: Side): Json | undefined {
  return typeof value === "string" ? documentIn(value) : undefined;
}

function isSameKind(old: Json | undefined, now: Json | undefined): boolean {
  if (old === undefined || now === undefined) return false;
  return (isJsonObject(old) && isJsonObject(now)) || (isJsonList(old) && isJsonList(now));
}
