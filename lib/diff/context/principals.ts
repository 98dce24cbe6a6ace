import type { Attributes } from "../model/facts";
import { LISTS, type PrincipalKind } from "./principal-kinds";
import { atSnapshots, SNAPSHOTS, type Snapshot, type Timeline, textAt, textsAt } from "./timelines";

/**
 * A resource that belongs to principals of one kind, and to which of them in each snapshot, by
 * their keys.
 */
interface OwnedResource {
  readonly timeline: Timeline;
  readonly owners: Readonly<Record<Snapshot, readonly string[]>>;
}

/** One IAM role, user, group or permission set, with its parts in all stacks and modules. */
export interface Principal {
  readonly kind: PrincipalKind;
  /** Account and name, or stack and address where the name is known only after apply. */
  readonly key: string;
  readonly name: string;
  /**
   * Resources that are this principal in one of the snapshots. None: no plan holds the principal,
   * only parts of it.
   */
  readonly declared: readonly OwnedResource[];
  /** By type. */
  readonly parts: ReadonlyMap<string, readonly OwnedResource[]>;
}

/** A resource that belongs to a principal which the plan does not name. */
export interface UnresolvedOwner {
  readonly timeline: Timeline;
  readonly why: string;
}

/** All principals of one kind. */
export interface Principals {
  readonly kind: PrincipalKind;
  readonly byKey: ReadonlyMap<string, Principal>;
  /** Resources that belong to an unknown principal. */
  readonly unresolved: readonly UnresolvedOwner[];
  /** Keys of those that an attribute of a resource names in a snapshot. */
  keysIn(timeline: Timeline, attribute: string, snapshot: Snapshot): readonly string[];
  /** The key of the one that a resource calls by a name. */
  keyOf(timeline: Timeline, name: string): string;
}

/**
 * All principals of a kind, of all plans together, each with what belongs to it.
 * @param byType all resources of the plans, by type
 * @param accountKey in which account a resource's names are looked for
 */
export function principalsOf(
  kind: PrincipalKind,
  byType: ReadonlyMap<string, readonly Timeline[]>,
  accountKey: (timeline: Timeline) => string,
): Principals {
  const declared = byType.get(kind.type) ?? [];
  const keyOf = keysOf(kind, accountKey);
  const own = new Map(declared.map((one) => [resourceKey(one.stack, one.address), one]));
  const keyOfDeclared = (timeline: Timeline, attributes: Attributes | undefined): readonly string[] => {
    if (attributes === undefined) return [];
    const name = textAt(attributes, kind.calledBy);
    return [name === undefined ? resourceKey(timeline.stack, timeline.address) : keyOf(timeline, name)];
  };
  const keysNamed = (timeline: Timeline, attribute: string, attributes: Attributes | undefined) => {
    const names = textsAt(attributes, attribute) ?? [textAt(attributes, attribute)];
    const known = names.flatMap((name) => (name === undefined ? [] : [keyOf(timeline, name)]));
    if (attributes?.[attribute]?.kind !== "later") return known;
    return (timeline.links[attribute] ?? []).flatMap((address) => {
      const linked = own.get(resourceKey(timeline.stack, address));
      return linked === undefined ? [] : keyOfDeclared(linked, linked.at.planned);
    });
  };
  const whose: Readonly<Record<string, string>> = Object.fromEntries([
    ...Object.entries(kind.parts),
    ...Object.entries(kind.credentials),
  ]);
  const byKey = new Map<
    string,
    { readonly declared: OwnedResource[]; readonly parts: Map<string, OwnedResource[]> }
  >();
  const unresolved: UnresolvedOwner[] = [];
  for (const timeline of [kind.type, ...Object.keys(whose)].flatMap((type) => byType.get(type) ?? [])) {
    const isPrincipal = timeline.type === kind.type;
    const attribute = whose[timeline.type];
    const owners = atSnapshots(timeline, (at) =>
      attribute === undefined ? keyOfDeclared(timeline, at) : keysNamed(timeline, attribute, at),
    );
    const why = attribute === undefined ? undefined : whyUnresolved(kind, timeline, attribute, owners);
    if (why !== undefined) unresolved.push({ timeline, why });
    for (const key of distinctIn(owners)) {
      const one = byKey.get(key) ?? { declared: [], parts: new Map() };
      byKey.set(key, one);
      const list = isPrincipal ? one.declared : (one.parts.get(timeline.type) ?? []);
      list.push({ timeline, owners });
      if (!isPrincipal) one.parts.set(timeline.type, list);
    }
  }
  const named = [...byKey].flatMap(([key, { declared, parts }]) =>
    apart({ kind, key, name: nameIn(kind, key, declared), declared, parts }),
  );
  return {
    kind,
    byKey: new Map(named),
    unresolved,
    keyOf,
    keysIn: (timeline, attribute, snapshot) => keysNamed(timeline, attribute, timeline.at[snapshot]),
  };
}

/**
 * Where several resources hold a principal at once, each by itself: what one of them changes must
 * not be hidden by another that does not.
 */
function apart(principal: Principal): readonly (readonly [string, Principal])[] {
  const { key, declared, kind, name, parts } = principal;
  const isClash =
    declared.length > 1 &&
    SNAPSHOTS.some((snapshot) => declared.filter(({ owners }) => owners[snapshot].includes(key)).length > 1);
  if (!isClash) return [[key, principal]];
  return declared.map((one) => [
    `${key} ${resourceKey(one.timeline.stack, one.timeline.address)}`,
    { kind, key, name, parts, declared: [one] },
  ]);
}

/**
 * A list that is not known whole, a principal that no reference leads to, or none at all where
 * there has to be one.
 */
function whyUnresolved(
  { name }: PrincipalKind,
  { at }: Timeline,
  attribute: string,
  owners: Readonly<Record<Snapshot, readonly string[]>>,
): string | undefined {
  const value = at.planned?.[attribute];
  if (value?.kind === "sensitive") return `unresolved ${name} reference: marked as sensitive`;
  if (value?.kind === "later" && (owners.planned.length !== 1 || LISTS.has(attribute)))
    return `unresolved ${name} reference: known only after apply`;
  const isNobodys = SNAPSHOTS.some((snapshot) => at[snapshot] !== undefined && owners[snapshot].length === 0);
  if (!isNobodys || LISTS.has(attribute)) return undefined;
  return `unresolved ${name} reference: not in the plan`;
}

/** Names are unique within an account (IAM User Guide, "IAM identifiers"). */
function keysOf(
  { calledBy }: PrincipalKind,
  accountKey: (timeline: Timeline) => string,
): (timeline: Timeline, name: string) => string {
  if (calledBy === "arn") return (_, arn) => arn;
  return (timeline, name) => `${accountKey(timeline)}/${name}`;
}

export function resourceKey(stack: string, address: string): string {
  return `${stack}: ${address}`;
}

/** Most resources belong to the same in all snapshots, which is then one list. */
function distinctIn({ recorded, current, planned }: OwnedResource["owners"]): Iterable<string> {
  const isOne = recorded === current && current === planned && planned.length < 2;
  return isOne ? planned : new Set([...recorded, ...current, ...planned]);
}

function nameIn({ calledBy }: PrincipalKind, key: string, declared: readonly OwnedResource[]): string {
  const [first] = declared;
  for (const { timeline } of declared)
    for (const snapshot of SNAPSHOTS) {
      const name = textAt(timeline.at[snapshot], "name");
      if (name !== undefined && (calledBy === "arn" || key.endsWith(`/${name}`))) return name;
    }
  if (first !== undefined) return first.timeline.address;
  return calledBy === "arn" ? key : key.slice(key.lastIndexOf("/") + 1);
}

/** The resource that is the principal in that snapshot. */
export function declaredAt({ declared, key }: Principal, snapshot: Snapshot): Timeline | undefined {
  return declared.find(({ owners }) => owners[snapshot].includes(key))?.timeline;
}

/** Resources of a type that belong to the principal in that snapshot. */
export function partsAt({ parts, key }: Principal, type: string, snapshot: Snapshot): readonly Timeline[] {
  return (parts.get(type) ?? [])
    .filter(({ owners }) => owners[snapshot].includes(key))
    .map(({ timeline }) => timeline);
}

/** Whether it exists in that snapshot. A principal that is in no plan is assumed to exist. */
export function isThere(principal: Principal, snapshot: Snapshot): boolean {
  return principal.declared.length === 0 || declaredAt(principal, snapshot) !== undefined;
}
