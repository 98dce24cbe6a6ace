import type { Attributes } from "./facts";
import { atMoments, MOMENTS, type Moment, type Timeline, textAt, textsAt } from "./moments";

/** A resource that hangs on roles, and on which of them at each moment, by their keys. */
export interface Hanging {
  readonly timeline: Timeline;
  readonly roles: Readonly<Record<Moment, readonly string[]>>;
}

/** One IAM role, whatever stacks and modules its parts are in. */
export interface Role {
  /** Account and name, or stack and address where the name is known only after apply. */
  readonly key: string;
  readonly name: string;
  /** `aws_iam_role` resources that are this role at one of the moments. None: no plan holds the role, only parts of it. */
  readonly held: readonly Hanging[];
  /** By type. */
  readonly parts: ReadonlyMap<string, readonly Hanging[]>;
}

export interface Roles {
  readonly byKey: ReadonlyMap<string, Role>;
  /** What hangs on a role that is known only after apply. */
  readonly astray: readonly Timeline[];
}

/** By which attribute a resource says whose it is. */
const WHOSE: Readonly<Record<string, string>> = {
  aws_iam_role_policy: "role",
  aws_iam_role_policy_attachment: "role",
  aws_iam_policy_attachment: "roles",
  aws_iam_role_policies_exclusive: "role_name",
  aws_iam_role_policy_attachments_exclusive: "role_name",
};

/** All roles of all plans together, each with what hangs on it. */
export function rolesOf(timelines: readonly Timeline[]): Roles {
  const held = timelines.filter(({ type }) => type === "aws_iam_role");
  const keyOf = keysOf(held, timelines);
  const own = new Map(held.map((one) => [placeIn(one.stack, one.address), one]));
  const keyOfHeld = (timeline: Timeline, attributes: Attributes | undefined): readonly string[] => {
    if (attributes === undefined) return [];
    const name = textAt(attributes, "name");
    return [name === undefined ? placeIn(timeline.stack, timeline.address) : keyOf(timeline.account, name)];
  };
  const keysOfPart = (timeline: Timeline, attributes: Attributes | undefined): readonly string[] => {
    const attribute = WHOSE[timeline.type] ?? "";
    const names = textsAt(attributes, attribute) ?? [textAt(attributes, attribute)];
    const known = names.flatMap((name) => (name === undefined ? [] : [keyOf(timeline.account, name)]));
    if (attributes?.[attribute]?.kind !== "later") return known;
    return (timeline.links[attribute] ?? []).flatMap((address) => {
      const linked = own.get(placeIn(timeline.stack, address));
      return linked === undefined ? [] : keyOfHeld(linked, linked.at.planned);
    });
  };
  const byKey = new Map<string, { readonly held: Hanging[]; readonly parts: Map<string, Hanging[]> }>();
  const astray: Timeline[] = [];
  for (const timeline of timelines) {
    const isHeld = timeline.type === "aws_iam_role";
    if (!isHeld && WHOSE[timeline.type] === undefined) continue;
    const roles = atMoments(timeline, (at) => (isHeld ? keyOfHeld : keysOfPart)(timeline, at));
    if (!isHeld && isAstray(timeline, roles.planned)) astray.push(timeline);
    for (const key of new Set(MOMENTS.flatMap((moment) => roles[moment]))) {
      const role = byKey.get(key) ?? { held: [], parts: new Map() };
      byKey.set(key, role);
      const list = isHeld ? role.held : (role.parts.get(timeline.type) ?? []);
      list.push({ timeline, roles });
      if (!isHeld) role.parts.set(timeline.type, list);
    }
  }
  return {
    byKey: new Map(
      [...byKey].flatMap(([key, role]) => apart({ key, name: nameIn(key, role.held), ...role })),
    ),
    astray,
  };
}

/** Where several resources hold a role at once, each by itself: what one of them changes must not be hidden by another that does not. */
function apart(role: Role): readonly (readonly [string, Role])[] {
  const { key, held } = role;
  const isClash = MOMENTS.some(
    (moment) => held.filter(({ roles }) => roles[moment].includes(key)).length > 1,
  );
  if (!isClash) return [[key, role]];
  return held.map((one) => [
    `${key} ${placeIn(one.timeline.stack, one.timeline.address)}`,
    { ...role, held: [one] },
  ]);
}

/** A list of roles that is not known whole, or a role that no reference leads to. */
function isAstray({ type, at }: Timeline, planned: readonly string[]): boolean {
  const held = at.planned?.[WHOSE[type] ?? ""];
  return (
    held?.kind === "sensitive" ||
    (held?.kind === "later" && (planned.length !== 1 || type === "aws_iam_policy_attachment"))
  );
}

/**
 * Names are unique within an account (IAM User Guide, "IAM identifiers"). Where a plan does not say in whose account it works, a role
 * of that name in one account alone is meant, or all plans are of one account.
 */
function keysOf(
  held: readonly Timeline[],
  all: readonly Timeline[],
): (account: string | undefined, name: string) => string {
  const accounts = new Set(all.flatMap(({ account }) => account ?? []));
  const [only] = accounts.size === 1 ? accounts : [];
  const byName = new Map<string, Set<string>>();
  for (const { account, at } of held) {
    if (account === undefined) continue;
    for (const moment of MOMENTS) {
      const name = textAt(at[moment], "name");
      if (name !== undefined) byName.set(name, (byName.get(name) ?? new Set()).add(account));
    }
  }
  return (account, name) => {
    const [one, other] = byName.get(name) ?? [];
    const meant = account ?? (other === undefined ? one : undefined) ?? only ?? "";
    return `${meant}/${name}`;
  };
}

export function placeIn(stack: string, address: string): string {
  return `${stack}: ${address}`;
}

function nameIn(key: string, held: readonly Hanging[]): string {
  const [first] = held;
  const name = held
    .flatMap(({ timeline: { at } }) => MOMENTS.flatMap((moment) => textAt(at[moment], "name") ?? []))
    .find((one) => key.endsWith(`/${one}`));
  if (name !== undefined) return name;
  return first === undefined ? key.slice(key.indexOf("/") + 1) : first.timeline.address;
}

/** The resource that is the role at that moment. */
export function heldAt({ held, key }: Role, moment: Moment): Timeline | undefined {
  return held.find(({ roles }) => roles[moment].includes(key))?.timeline;
}

/** Resources of a type that hang on the role at that moment. */
export function partsAt({ parts, key }: Role, type: string, moment: Moment): readonly Timeline[] {
  return (parts.get(type) ?? [])
    .filter(({ roles }) => roles[moment].includes(key))
    .map(({ timeline }) => timeline);
}

/** Whether the role exists then. One that no plan holds does all the time, as far as one can see. */
export function isThere(role: Role, moment: Moment): boolean {
  return role.held.length === 0 || heldAt(role, moment) !== undefined;
}
