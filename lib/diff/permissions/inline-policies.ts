import { type Phrase, quoted } from "../../describe/phrase";
import { isJsonObject } from "../../iam/language/json";
import { sayLater } from "../context/policy-reading";
import { KINDS } from "../context/principal-kinds";
import { heldAt, type Principal, partsAt } from "../context/principals";
import { type Moment, type Timeline, textAt, textsAt } from "../context/timelines";
import { canonical } from "../model/change";
import type { Held } from "../model/facts";

/** Things in or on a role by their names, and why that may not be all. */
export interface Parts<T> {
  readonly byName: ReadonlyMap<string, T>;
  readonly unknown: readonly Phrase[];
}

const NOTHING = { byName: new Map<string, Held>(), unknown: [] };

/**
 * The inline policies of a principal: those in a role's own resource, which after a refresh mirrors
 * all that are there, and those that resources of their own declare. Where both know one, the
 * resource of its own does: the mirror is from before the last apply.
 */
export function inlinePoliciesAt(principal: Principal, moment: Moment): Parts<Held> {
  if (moment === "planned") return planned(principal);
  const own = ownAt(principal, moment);
  const separate = separateAt(principal, moment);
  if (moment === "found")
    return {
      ...own,
      byName: new Map([
        ...namedOnlyAt(principal, moment),
        ...own.byName,
        ...separate,
        ...contradicted(own, separate),
      ]),
    };
  // What the mirror still showed and is gone was taken away by Terraform, as far as one can see:
  // nobody declares it any more.
  const { byName: now } = inlinePoliciesAt(principal, "found");
  const isOwned = ownsList(heldAt(principal, "was"), principal.kind.inline.own);
  const kept = [...own.byName].filter(([name]) => isOwned || now.has(name));
  return { ...own, byName: new Map([...namedOnlyAt(principal, moment), ...kept, ...separate]) };
}

/**
 * What an exclusive resource found in a user or group, whose own resource shows no policies: the
 * name is all that there is.
 */
function namedOnlyAt(principal: Principal, moment: Moment): readonly (readonly [string, Held])[] {
  const { own, exclusive } = principal.kind.inline;
  if (own !== undefined || exclusive === undefined) return [];
  const names = partsAt(principal, exclusive, moment).flatMap(
    ({ at }) => textsAt(at[moment], "policy_names") ?? [],
  );
  return names.map((name) => [name, { kind: "value", value: null }]);
}

/** Both were looked at in the same refresh. If they do not agree, both count. */
function contradicted(
  { byName }: Parts<Held>,
  separate: ReadonlyMap<string, Held>,
): readonly (readonly [string, Held])[] {
  return [...byName].flatMap(([name, mirrored]): readonly (readonly [string, Held])[] => {
    const declared = separate.get(name);
    if (declared?.kind !== "value" || mirrored.kind !== "value") return [];
    const isSame = canonical(String(declared.value)) === canonical(String(mirrored.value));
    return isSame ? [] : [[`${name} as the role shows it`, mirrored]];
  });
}

function planned(principal: Principal): Parts<Held> {
  const held = heldAt(principal, "planned");
  if (held === undefined && principal.held.length > 0) return NOTHING;
  const before = inlinePoliciesAt(principal, "found");
  const isNew = held !== undefined && isMadeAnew(principal, held);
  const base = isNew ? NOTHING : before;
  const own = ownedAfter(held, principal.kind.inline.own, isNew) ? ownAt(principal, "planned") : base;
  const byName = new Map(own.byName);
  for (const name of separateAt(principal, "found").keys()) {
    byName.delete(name);
    byName.delete(`${name} as the role shows it`);
  }
  const separate = separateAt(principal, "planned");
  for (const [name, policy] of separate) byName.set(name, policy);
  const unknown = [...own.unknown];
  const { exclusive: type } = principal.kind.inline;
  for (const exclusive of type === undefined ? [] : partsAt(principal, type, "planned")) {
    if (exclusive.isForgotten) continue;
    const names = textsAt(exclusive.at.planned, "policy_names") ?? namesIn(exclusive);
    const extra = [...byName.keys()].filter((name) => !separate.has(name) && names?.includes(name) !== true);
    if (names === undefined && extra.length > 0)
      unknown.push([
        ...extra.flatMap((name) => ["inline policy ", quoted(name), " "]),
        "may be taken away: what ",
        quoted(exclusive.address),
        " lets stay is known only after apply",
      ]);
    if (names !== undefined) for (const name of extra) byName.delete(name);
  }
  return { byName, unknown };
}

/** An empty list is no value that is not known. */
function namesIn({ at }: Timeline): readonly string[] | undefined {
  return at.planned?.policy_names === undefined ? [] : undefined;
}

/** It is another one than before: nothing belongs to it yet. */
export function isMadeAnew(principal: Principal, held: Timeline): boolean {
  return held.isReplaced || heldAt(principal, "found") === undefined;
}

/**
 * Whether the principal's own resource has such a list and says that these are all, as its
 * configuration does or its plan shows.
 */
export function ownsList(held: Timeline | undefined, attribute: string | undefined): boolean {
  return attribute !== undefined && held?.configured?.includes(attribute) === true;
}

/**
 * The same for what it will be. Where the plan has no configuration, a list that will be known only
 * later may be one that somebody wrote.
 */
export function ownedAfter(
  held: Timeline | undefined,
  attribute: string | undefined,
  isNew: boolean,
): boolean {
  if (held === undefined || attribute === undefined) return false;
  if (ownsList(held, attribute)) return true;
  const [before, after] = [held.at.found?.[attribute], held.at.planned?.[attribute]];
  if (after?.kind === "later") return held.configured === undefined;
  return isNew ? after !== undefined : JSON.stringify(before ?? null) !== JSON.stringify(after ?? null);
}

function ownAt(principal: Principal, moment: Moment): Parts<Held> {
  const { own } = principal.kind.inline;
  const list = own === undefined ? undefined : heldAt(principal, moment)?.at[moment]?.[own];
  if (list === undefined) return NOTHING;
  if (list.kind === "later")
    return { ...NOTHING, unknown: [["its inline policies: what they are ", ...sayLater(list)]] };
  if (list.kind === "sensitive")
    return { ...NOTHING, unknown: [["what is in its inline policies is marked as sensitive"]] };
  if (!Array.isArray(list.value)) return { ...NOTHING, unknown: [["its inline policies cannot be read"]] };
  const entries = list.value
    .filter(isJsonObject)
    .flatMap(({ name, policy }): readonly (readonly [string, Held])[] =>
      // One that is empty stands for none (AWS provider, `aws_iam_role`, `inline_policy`).
      typeof name !== "string" || name === ""
        ? []
        : [[name, typeof policy === "string" ? { kind: "value", value: policy } : { kind: "sensitive" }]],
    );
  return { byName: new Map(entries), unknown: [] };
}

function separateAt(principal: Principal, moment: Moment): ReadonlyMap<string, Held> {
  const { separate, text } = principal.kind.inline;
  return new Map(
    partsAt(principal, separate, moment).map((timeline) => {
      const attributes = timeline.at[moment];
      // A permission set has one, without a name.
      const name = separate === NAMELESS ? "" : (textAt(attributes, "name") ?? timeline.address);
      return [name, attributes?.[text] ?? { kind: "value", value: "" }];
    }),
  );
}

const NAMELESS = KINDS["permission set"].inline.separate;
