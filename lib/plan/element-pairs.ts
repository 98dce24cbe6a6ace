import { type Pair, unequalPairs } from "./align-lists";
import { hasMark } from "./sensitive/marks";
import { indices, isList, isMap, jsonOf, keysOf, type Side, sideAt } from "./side";

/** Attributes that identify the elements of a list, by the names that providers use. */
const IDENTITIES = ["name", "Name", "id", "ID", "Id", "sid", "Sid", "key", "Key", "arn"];

/**
 * Which element of a list became which: those that are not equal. Of a set Terraform gives its own
 * order, which elements keep.
 */
export function pairsOfLists(before: Side, after: Side): readonly Pair[] {
  // An absent list has no similar elements, and a created resource has only absent lists before.
  if (indices(before).length === 0)
    return indices(after).map((index) => ({ before: undefined, after: index }));
  if (indices(after).length === 0)
    return indices(before).map((index) => ({ before: index, after: undefined }));
  const olds = indices(before).map((index) => sideAt(before, index));
  const news = indices(after).map((index) => sideAt(after, index));
  const texts = (sides: readonly Side[], name: string) =>
    sides.map((side, index) => (hasMark(side.unknown) ? `${name}${index}` : textOf(side)));
  const parts = new Map<Side, ReadonlyMap<string, string>>();
  const partsOf = (side: Side): ReadonlyMap<string, string> => {
    const kept = parts.get(side) ?? new Map(keysOf(side).map((key) => [key, textOf(sideAt(side, key))]));
    parts.set(side, kept);
    return kept;
  };
  return unequalPairs(texts(olds, "before "), texts(news, "after "), (old, now) => {
    const [one, other] = [olds[old], news[now]];
    if (one === undefined || other === undefined) return 0;
    if (isMap(one) && isMap(other)) return LEAST + likeness(partsOf(one), partsOf(other));
    return isMap(one) === isMap(other) && isList(one) === isList(other) ? 1 : LEAST;
  });
}

/**
 * Two elements in the same place are read more easily as one that changed, however little alike.
 */
const LEAST = 0.01;

function likeness(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): number {
  const keys = [...new Set([...one.keys(), ...other.keys()])].filter(
    (key) => (one.get(key) ?? NULL) !== NULL || (other.get(key) ?? NULL) !== NULL,
  );
  const equal = keys.filter((key) => one.get(key) === other.get(key));
  const isSame = equal.some((key) => IDENTITIES.includes(key));
  return (isSame ? 1 : 0) + equal.length / Math.max(1, keys.length);
}

const NULL = "null";

/** For comparing: equal only for equal values that are marked alike. It is never shown. */
function textOf(side: Side): string {
  const value = jsonOf({ ...side, sensitive: undefined });
  return hasMark(side.sensitive) ? `${value} ${JSON.stringify(side.sensitive)}` : value;
}
