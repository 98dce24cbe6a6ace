import type { Attributes } from "../model/facts";
import { LISTS, type PrincipalKind } from "./principal-kinds";
import { atMoments, MOMENTS, type Moment, type Timeline, textAt, textsAt } from "./timelines";

/**
 * A resource that belongs to principals of one kind, and to which of them at each moment, by their
 * keys.
 */
export interface Hanging {
  readonly timeline: Timeline;
  readonly owners: Readonly<Record<Moment, readonly string[]>>;
}

/** One IAM role, user, group or permission set, whatever stacks and modules its parts are in. */
export interface Principal {
  readonly kind: PrincipalKind;
  /** Account and name, or stack and address where the name is known only after apply. */
  readonly key: string;
  readonly name: string;
  /**
   * Resources that are this principal at one of the moments. None: no plan holds the principal,
   * only parts of it.
   */
  readonly held: readonly Hanging[];
  /** By type. */
  readonly parts: ReadonlyMap<string, readonly Hanging[]>;
}

/** A resource that belongs to a principal which the plan does not name. */
export interface Astray {
  readonly timeline: Timeline;
  readonly why: string;
}

/** All principals of one kind. */
export interface Principals {
  readonly kind: PrincipalKind;
  readonly byKey: ReadonlyMap<string, Principal>;
  /** What belongs to a principal that nobody can name. */
  readonly astray: readonly Astray[];
  /** Keys of those that an attribute of a resource names at a moment. */
  keysIn(timeline: Timeline, attribute: string, moment: Moment): readonly string[];
  /** The key of the one that a resource calls by a name. */
  keyOf(timeline: Timeline, name: string): string;
}

/**
 * All principals of a kind, of all plans together, each with what belongs to it.
 * @param byType all resources of the plans, by type
 * @param realm in which account a resource's names are looked for
 */
export function principalsOf(
  kind: PrincipalKind,
  byType: ReadonlyMap<string, readonly Timeline[]>,
  realm: (timeline: Timeline) => string,
): Principals {
  const held = byType.get(kind.held) ?? [];
  const keyOf = keysOf(kind, realm);
  const own = new Map(held.map((one) => [placeIn(one.stack, one.address), one]));
  const keyOfHeld = (timeline: Timeline, attributes: Attributes | undefined): readonly string[] => {
    if (attributes === undefined) return [];
    const name = textAt(attributes, kind.calledBy);
    return [name === undefined ? placeIn(timeline.stack, timeline.address) : keyOf(timeline, name)];
  };
  const keysNamed = (timeline: Timeline, attribute: string, attributes: Attributes | undefined) => {
    const names = textsAt(attributes, attribute) ?? [textAt(attributes, attribute)];
    const known = names.flatMap((name) => (name === undefined ? [] : [keyOf(timeline, name)]));
    if (attributes?.[attribute]?.kind !== "later") return known;
    return (timeline.links[attribute] ?? []).flatMap((address) => {
      const linked = own.get(placeIn(timeline.stack, address));
      return linked === undefined ? [] : keyOfHeld(linked, linked.at.planned);
    });
  };
  const whose: Readonly<Record<string, string>> = Object.fromEntries([
    ...Object.entries(kind.parts),
    ...Object.entries(kind.credentials),
  ]);
  const byKey = new Map<string, { readonly held: Hanging[]; readonly parts: Map<string, Hanging[]> }>();
  const astray: Astray[] = [];
  for (const timeline of [kind.held, ...Object.keys(whose)].flatMap((type) => byType.get(type) ?? [])) {
    const isHeld = timeline.type === kind.held;
    const attribute = whose[timeline.type];
    const owners = atMoments(timeline, (at) =>
      attribute === undefined ? keyOfHeld(timeline, at) : keysNamed(timeline, attribute, at),
    );
    const why = attribute === undefined ? undefined : whyAstray(kind, timeline, attribute, owners);
    if (why !== undefined) astray.push({ timeline, why });
    for (const key of new Set(MOMENTS.flatMap((moment) => owners[moment]))) {
      const one = byKey.get(key) ?? { held: [], parts: new Map() };
      byKey.set(key, one);
      const list = isHeld ? one.held : (one.parts.get(timeline.type) ?? []);
      list.push({ timeline, owners });
      if (!isHeld) one.parts.set(timeline.type, list);
    }
  }
  const named = [...byKey].flatMap(([key, { held, parts }]) =>
    apart({ kind, key, name: nameIn(kind, key, held), held, parts }),
  );
  return {
    kind,
    byKey: new Map(named),
    astray,
    keyOf,
    keysIn: (timeline, attribute, moment) => keysNamed(timeline, attribute, timeline.at[moment]),
  };
}

/**
 * Where several resources hold a principal at once, each by itself: what one of them changes must
 * not be hidden by another that does not.
 */
function apart(principal: Principal): readonly (readonly [string, Principal])[] {
  const { key, held, kind, name, parts } = principal;
  const isClash = MOMENTS.some(
    (moment) => held.filter(({ owners }) => owners[moment].includes(key)).length > 1,
  );
  if (!isClash) return [[key, principal]];
  return held.map((one) => [
    `${key} ${placeIn(one.timeline.stack, one.timeline.address)}`,
    { kind, key, name, parts, held: [one] },
  ]);
}

/**
 * A list that is not known whole, a principal that no reference leads to, or none at all where
 * there has to be one.
 */
function whyAstray(
  { name }: PrincipalKind,
  { at }: Timeline,
  attribute: string,
  owners: Readonly<Record<Moment, readonly string[]>>,
): string | undefined {
  const held = at.planned?.[attribute];
  if (held?.kind === "sensitive") return `which ${name} it belongs to is marked as sensitive`;
  if (held?.kind === "later" && (owners.planned.length !== 1 || LISTS.has(attribute)))
    return `which ${name} it belongs to is known only after apply`;
  const isNobodys = MOMENTS.some((moment) => at[moment] !== undefined && owners[moment].length === 0);
  if (!isNobodys || LISTS.has(attribute)) return undefined;
  return `which ${name} it belongs to is not in the plan`;
}

/** Names are unique within an account (IAM User Guide, "IAM identifiers"). */
function keysOf(
  { calledBy }: PrincipalKind,
  realm: (timeline: Timeline) => string,
): (timeline: Timeline, name: string) => string {
  if (calledBy === "arn") return (_, arn) => arn;
  return (timeline, name) => `${realm(timeline)}/${name}`;
}

export function placeIn(stack: string, address: string): string {
  return `${stack}: ${address}`;
}

function nameIn({ calledBy }: PrincipalKind, key: string, held: readonly Hanging[]): string {
  const [first] = held;
  const name = held
    .flatMap(({ timeline: { at } }) => MOMENTS.flatMap((moment) => textAt(at[moment], "name") ?? []))
    .find((one) => calledBy === "arn" || key.endsWith(`/${one}`));
  if (name !== undefined) return name;
  if (first !== undefined) return first.timeline.address;
  return calledBy === "arn" ? key : key.slice(key.lastIndexOf("/") + 1);
}

/** The resource that is the principal at that moment. */
export function heldAt({ held, key }: Principal, moment: Moment): Timeline | undefined {
  return held.find(({ owners }) => owners[moment].includes(key))?.timeline;
}

/** Resources of a type that belong to the principal at that moment. */
export function partsAt({ parts, key }: Principal, type: string, moment: Moment): readonly Timeline[] {
  return (parts.get(type) ?? [])
    .filter(({ owners }) => owners[moment].includes(key))
    .map(({ timeline }) => timeline);
}

/** Whether it exists then. One that no plan holds does all the time, as far as one can see. */
export function isThere(principal: Principal, moment: Moment): boolean {
  return principal.held.length === 0 || heldAt(principal, moment) !== undefined;
}
