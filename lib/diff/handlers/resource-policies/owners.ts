import { groupBy } from "../../../collections/group-by";
import { placeIn } from "../../context/principals";
import { MOMENTS, type Moment, type Timeline, textAt } from "../../context/timelines";
import type { Held } from "../../model/facts";
import { documentAt, documentPathsOf } from "./documents";
import { Holders, isGlobalId, scopeOf } from "./holders";
import type { PolicyOwner } from "./owner";
import { HOLDERS, MIRRORS, mirrorOf, whoseAttributes } from "./policy-owners";
import { STATEMENT, statementIn, whoseStatement } from "./statements";

/** One policy of one resource, and all that plans hold of it. */
export interface OwnedPolicy extends PolicyOwner {
  /** The type of what declares it: its language depends on that. */
  readonly type: string;
  readonly account: string | undefined;
  /**
   * Resources that declare it at once: whichever is applied last decides. None, where there is one
   * alone.
   */
  readonly rivals: readonly Timeline[];
}

/**
 * A document in a resource, and whose it is at each moment; undefined: the resource is not there.
 */
interface Declared {
  readonly timeline: Timeline;
  readonly path: string;
  readonly keys: Readonly<Record<Moment, string | undefined>>;
}

/**
 * Every policy of every resource that has one, whatever its type; roles, buckets and what else is
 * compared by itself have none here.
 */
export function policyOwnersOf(timelines: readonly Timeline[]): readonly OwnedPolicy[] {
  const found = timelines.flatMap((timeline) =>
    pathsOf(timeline).map((path): readonly [Timeline, string] => [timeline, path]),
  );
  const holders = new Holders(found.flatMap(([timeline]) => (HOLDERS.has(timeline.type) ? [timeline] : [])));
  const keyed = found.flatMap(([timeline, path]) => {
    const keyAt = (moment: Moment) => keyOf(timeline, path, moment, holders);
    const keys = { was: keyAt("was"), found: keyAt("found"), planned: keyAt("planned") };
    const distinct = [...new Set(MOMENTS.flatMap((moment) => keys[moment] ?? []))];
    return distinct.map((key): readonly [string, Declared] => [key, { timeline, path, keys }]);
  });
  return [...groupBy(keyed, ([key]) => key)].flatMap(([key, group]) =>
    ownersIn(
      key,
      group.map(([, declared]) => declared),
    ),
  );
}

function pathsOf({ type, at }: Timeline): readonly string[] {
  if (whoseStatement(type) !== undefined) return [STATEMENT];
  const shown = mirrorOf(type)?.shownAs;
  const paths = MOMENTS.flatMap((moment) => documentPathsOf(type, at[moment]));
  return [...new Set(shown === undefined ? paths : [shown, ...paths])];
}

function keyOf(timeline: Timeline, path: string, moment: Moment, holders: Holders): string | undefined {
  const { type, stack, address, at } = timeline;
  const attributes = at[moment];
  if (attributes === undefined) return undefined;
  const mirrored = MIRRORS[type];
  const holder = mirrored === undefined ? undefined : holders.of(timeline, mirrored.by, moment);
  if (holder !== undefined && mirrored !== undefined) return holderKey(holder, mirrored.shownAs, moment);
  const shown = mirrorOf(type)?.shownAs;
  if (path === shown) return holderKey(timeline, path, moment);
  const texts = namesAt(timeline, moment);
  if (texts === undefined || shown !== undefined) return `${placeIn(stack, address)} ${path}`;
  const scope = texts.some(isGlobalId) ? "" : scopeOf(timeline);
  return JSON.stringify([scope, type, texts, path]);
}

/** Under another name it is another one. */
function holderKey(holder: Timeline, path: string, moment: Moment): string {
  const { stack, address, at, isReplaced } = holder;
  const attributes = at[moment] ?? at.found ?? at.planned;
  const name = isReplaced ? (textAt(attributes, "name") ?? textAt(attributes, "domain_name")) : undefined;
  return JSON.stringify([placeIn(stack, address), name ?? "", path]);
}

/** By what it says whose policy it is; undefined: by nothing that is known. */
function namesAt({ type, at }: Timeline, moment: Moment): readonly string[] | undefined {
  const attributes = at[moment];
  const names = whoseAttributes(type, Object.keys(attributes ?? {}));
  const held = names.map((name) => documentAt(attributes, name));
  if (held.some((one) => one !== undefined && one.kind !== "value")) return undefined;
  const texts = held.flatMap((one) => (one?.kind === "value" ? [String(one.value)] : []));
  return texts.length === 0 ? undefined : texts;
}

/**
 * Where several resources declare it at once, each is compared by itself: what one changes must not
 * be hidden by another that does not.
 */
function ownersIn(key: string, declared: readonly Declared[]): readonly OwnedPolicy[] {
  const holders = declared.filter(({ timeline }) => HOLDERS.has(timeline.type));
  const separate = declared.filter((one) => !holders.includes(one));
  const isClash = MOMENTS.some((moment) => separate.filter(({ keys }) => keys[moment] === key).length > 1);
  if (!isClash) return [ownerOf(key, holders, separate, [])];
  const rivals = separate.map(({ timeline }) => timeline);
  return separate.map((one) => ownerOf(key, holders, [one], rivals));
}

function ownerOf(
  key: string,
  holders: readonly Declared[],
  separate: readonly Declared[],
  rivals: readonly Timeline[],
): OwnedPolicy {
  const all = [...separate, ...holders];
  const at = (group: readonly Declared[], moment: Moment) =>
    group.find(({ keys }) => keys[moment] === key)?.timeline;
  const pathOf = new Map(all.map(({ timeline, path }) => [timeline, path]));
  const [first] = all.map(({ timeline }) => timeline);
  const holderAt = (moment: Moment) => at(holders, moment);
  return {
    aspect: "resource-policy",
    type: first?.type ?? "",
    account: all.find(({ timeline }) => timeline.account !== undefined)?.timeline.account,
    name: nameOf(holders, separate, key),
    attribute: holders[0]?.path ?? "policy",
    parts: all.map(({ timeline }) => timeline),
    rivals,
    holderAt,
    separateAt: (moment) => at(separate, moment),
    isThereAt: (moment) =>
      holders.length > 0 ? holderAt(moment) !== undefined : !isOfNew(separate, key, moment),
    policyIn: (timeline, moment) => policyIn(timeline, pathOf.get(timeline) ?? "", moment),
  };
}

function policyIn({ type, at }: Timeline, path: string, moment: Moment): Held | undefined {
  return path === STATEMENT ? statementIn(type, at[moment]) : documentAt(at[moment], path);
}

/**
 * The address of what has it, the name by which it is declared, or the address of what declares it.
 */
function nameOf(holders: readonly Declared[], separate: readonly Declared[], key: string): string {
  const [holder] = holders;
  if (holder !== undefined) return holder.timeline.address;
  const named = separate.flatMap(({ timeline, keys }) =>
    MOMENTS.flatMap((moment) => (keys[moment] === key ? (lastName(timeline, moment) ?? []) : [])),
  );
  return named[0] ?? separate[0]?.timeline.address ?? key;
}

/** The name of what it belongs to, or its address, where that is known. */
function lastName({ type, at, links }: Timeline, moment: Moment): string | undefined {
  const attributes = at[moment];
  const name = whoseAttributes(type, Object.keys(attributes ?? {})).at(-1) ?? "";
  const held = documentAt(attributes, name);
  if (held?.kind === "value") return String(held.value);
  const [only, ...others] = links[name] ?? [];
  return held !== undefined && others.length === 0 ? only : undefined;
}

/**
 * Whose policy it is will be known only when that is made, and before there was no policy: then it
 * is not there yet.
 */
function isOfNew(separate: readonly Declared[], key: string, moment: Moment): boolean {
  if (moment === "planned") return false;
  return separate.every(({ timeline, keys }) => {
    const { at, type } = timeline;
    const names = whoseAttributes(type, Object.keys(at.planned ?? {}));
    return (
      keys.planned === key &&
      at.found === undefined &&
      names.some((name) => at.planned?.[name]?.kind === "later")
    );
  });
}
