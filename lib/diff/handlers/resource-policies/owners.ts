import { groupBy } from "../../../collections/group-by";
import { isGlobalId, scopeOf } from "../../context/identifiers";
import { resourceKey } from "../../context/principals";
import { SNAPSHOTS, type Snapshot, type Timeline, textAt } from "../../context/timelines";
import type { AttributeValue } from "../../model/facts";
import { documentAt, documentPathsOf } from "./documents";
import { Holders } from "./holders";
import type { PolicyOwner } from "./owner";
import { mayHoldPolicy } from "./policy-names";
import { HOLDERS, MIRRORS, mirrorOf, ownerAttributes } from "./policy-owners";
import { STATEMENT, statementIn, statementOwnerAttributes } from "./statements";

/** One policy of one resource, and all that plans hold of it. */
export interface OwnedPolicy extends PolicyOwner {
  /** The type of what declares it: its language depends on that. */
  readonly type: string;
  readonly account: string | undefined;
  /**
   * Resources that declare it at once: whichever is applied last decides. None, where there is one
   * alone.
   */
  readonly duplicates: readonly Timeline[];
}

/**
 * A document in a resource, and its owner in each snapshot; undefined: the resource does not exist.
 */
interface Declared {
  readonly timeline: Timeline;
  readonly path: string;
  readonly keys: Readonly<Record<Snapshot, string | undefined>>;
}

/**
 * Every policy of every resource that has one, of all types but those that other handlers compare,
 * such as roles and buckets.
 */
export function policyOwnersOf(timelines: readonly Timeline[]): readonly OwnedPolicy[] {
  const found = timelines.flatMap((timeline) =>
    pathsOf(timeline).map((path): readonly [Timeline, string] => [timeline, path]),
  );
  const holders = new Holders(found.flatMap(([timeline]) => (HOLDERS.has(timeline.type) ? [timeline] : [])));
  const keyed = found.flatMap(([timeline, path]) => {
    const keyAt = (snapshot: Snapshot) => keyOf(timeline, path, snapshot, holders);
    const keys = { recorded: keyAt("recorded"), current: keyAt("current"), planned: keyAt("planned") };
    const distinct = [...new Set(SNAPSHOTS.flatMap((snapshot) => keys[snapshot] ?? []))];
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
  if (statementOwnerAttributes(type) !== undefined) return [STATEMENT];
  const shown = mirrorOf(type)?.shownAs;
  if (shown === undefined && !mayHoldPolicy(type)) return [];
  // Most resources are equal in all snapshots.
  const distinct = new Set(SNAPSHOTS.map((snapshot) => at[snapshot]));
  const paths = [...distinct].flatMap((attributes) => documentPathsOf(type, attributes));
  return [...new Set(shown === undefined ? paths : [shown, ...paths])];
}

function keyOf(timeline: Timeline, path: string, snapshot: Snapshot, holders: Holders): string | undefined {
  const { type, stack, address, at } = timeline;
  const attributes = at[snapshot];
  if (attributes === undefined) return undefined;
  const mirrored = MIRRORS[type];
  const holder = mirrored === undefined ? undefined : holders.of(timeline, mirrored.by, snapshot);
  if (holder !== undefined && mirrored !== undefined) return holderKey(holder, mirrored.shownAs, snapshot);
  const shown = mirrorOf(type)?.shownAs;
  if (path === shown) return holderKey(timeline, path, snapshot);
  const texts = namesAt(timeline, snapshot);
  if (texts === undefined || shown !== undefined) return `${resourceKey(stack, address)} ${path}`;
  const scope = texts.some(isGlobalId) ? "" : scopeOf(timeline);
  return JSON.stringify([scope, type, texts, path]);
}

/** Under another name it is another one. */
function holderKey(holder: Timeline, path: string, snapshot: Snapshot): string {
  const { stack, address, at, isReplaced } = holder;
  const attributes = at[snapshot] ?? at.current ?? at.planned;
  const name = isReplaced ? (textAt(attributes, "name") ?? textAt(attributes, "domain_name")) : undefined;
  return JSON.stringify([resourceKey(stack, address), name ?? "", path]);
}

/** By what it says whose policy it is; undefined: by nothing that is known. */
function namesAt({ type, at }: Timeline, snapshot: Snapshot): readonly string[] | undefined {
  const attributes = at[snapshot];
  const names = ownerAttributes(type, Object.keys(attributes ?? {}));
  const value = names.map((name) => documentAt(attributes, name));
  if (value.some((one) => one !== undefined && one.kind !== "value")) return undefined;
  const texts = value.flatMap((one) => (one?.kind === "value" ? [String(one.value)] : []));
  return texts.length === 0 ? undefined : texts;
}

/**
 * Where several resources declare it at once, each is compared by itself: what one changes must not
 * be hidden by another that does not.
 */
function ownersIn(key: string, declared: readonly Declared[]): readonly OwnedPolicy[] {
  const holders = declared.filter(({ timeline }) => HOLDERS.has(timeline.type));
  const separate = declared.filter((one) => !holders.includes(one));
  const isClash = SNAPSHOTS.some(
    (snapshot) => separate.filter(({ keys }) => keys[snapshot] === key).length > 1,
  );
  if (!isClash) return [ownerOf(key, holders, separate, [])];
  const duplicates = separate.map(({ timeline }) => timeline);
  return separate.map((one) => ownerOf(key, holders, [one], duplicates));
}

function ownerOf(
  key: string,
  holders: readonly Declared[],
  separate: readonly Declared[],
  duplicates: readonly Timeline[],
): OwnedPolicy {
  const all = [...separate, ...holders];
  const at = (group: readonly Declared[], snapshot: Snapshot) =>
    group.find(({ keys }) => keys[snapshot] === key)?.timeline;
  const pathOf = new Map(all.map(({ timeline, path }) => [timeline, path]));
  const [first] = all.map(({ timeline }) => timeline);
  const holderAt = (snapshot: Snapshot) => at(holders, snapshot);
  return {
    aspect: "resource-policy",
    type: first?.type ?? "",
    account: all.find(({ timeline }) => timeline.account !== undefined)?.timeline.account,
    name: nameOf(holders, separate, key),
    ...(first === undefined ? {} : subjectOf(first, nameOf(holders, separate, key))),
    attribute: holders[0]?.path ?? "policy",
    parts: all.map(({ timeline }) => timeline),
    duplicates,
    holderAt,
    separateAt: (snapshot) => at(separate, snapshot),
    isThereAt: (snapshot) =>
      holders.length > 0 ? holderAt(snapshot) !== undefined : !isOfNew(separate, key, snapshot),
    policyIn: (timeline, snapshot) => policyIn(timeline, pathOf.get(timeline) ?? "", snapshot),
  };
}

/**
 * Policies of an organization limit others, and are no resource's own (AWS Organizations User
 * Guide).
 */
const KINDS: Readonly<Record<string, string>> = {
  SERVICE_CONTROL_POLICY: "service control policy",
  RESOURCE_CONTROL_POLICY: "resource control policy",
};

function subjectOf({ type, at }: Timeline, name: string): { readonly subject?: string } {
  if (type !== "aws_organizations_policy") return {};
  const kind = SNAPSHOTS.map((snapshot) => textAt(at[snapshot], "type")).find((one) => one !== undefined);
  // Service control policies are the default of the resource type.
  const words = KINDS[kind ?? "SERVICE_CONTROL_POLICY"] ?? "organization policy";
  return { subject: `${words} ${name}` };
}

function policyIn({ type, at }: Timeline, path: string, snapshot: Snapshot): AttributeValue | undefined {
  return path === STATEMENT ? statementIn(type, at[snapshot]) : documentAt(at[snapshot], path);
}

/**
 * The address of what has it, the name by which it is declared, or the address of what declares it.
 */
function nameOf(holders: readonly Declared[], separate: readonly Declared[], key: string): string {
  const [holder] = holders;
  if (holder !== undefined) return holder.timeline.address;
  const named = separate.flatMap(({ timeline, keys }) =>
    SNAPSHOTS.flatMap((snapshot) => (keys[snapshot] === key ? (lastName(timeline, snapshot) ?? []) : [])),
  );
  return named[0] ?? separate[0]?.timeline.address ?? key;
}

/** The name of what it belongs to, or its address, where that is known. */
function lastName({ type, at, links }: Timeline, snapshot: Snapshot): string | undefined {
  const attributes = at[snapshot];
  const name = ownerAttributes(type, Object.keys(attributes ?? {})).at(-1) ?? "";
  const value = documentAt(attributes, name);
  if (value?.kind === "value") return String(value.value);
  const [only, ...others] = links[name] ?? [];
  return value !== undefined && others.length === 0 ? only : undefined;
}

/** The owner is known only after apply, and there was no policy before: the owner is new. */
function isOfNew(separate: readonly Declared[], key: string, snapshot: Snapshot): boolean {
  if (snapshot === "planned") return false;
  return separate.every(({ timeline, keys }) => {
    const { at, type } = timeline;
    const names = ownerAttributes(type, Object.keys(at.planned ?? {}));
    return (
      keys.planned === key &&
      at.current === undefined &&
      names.some((name) => at.planned?.[name]?.kind === "later")
    );
  });
}
