import { isJsonObject } from "../../iam/language/json";
import { type Phrase, quoted } from "../model/phrase";
import { canonical } from "./change";
import type { Held } from "./facts";
import { type Moment, type Timeline, textAt, textsAt } from "./moments";
import { sayLater } from "./policy-reading";
import { heldAt, partsAt, type Role } from "./roles";

/** Things in or on a role by their names, and why that may not be all. */
export interface Parts<T> {
  readonly byName: ReadonlyMap<string, T>;
  readonly unknown: readonly Phrase[];
}

const NOTHING = { byName: new Map<string, Held>(), unknown: [] };

/**
 * The inline policies of a role: those in the role's own resource, which after a refresh mirrors all that are there, and those that
 * resources of their own declare. Where both know one, the resource of its own does: the mirror is from before the last apply.
 */
export function inlinePoliciesAt(role: Role, moment: Moment): Parts<Held> {
  if (moment === "planned") return planned(role);
  const own = ownAt(role, moment);
  const separate = separateAt(role, moment);
  if (moment === "found")
    return { ...own, byName: new Map([...own.byName, ...separate, ...contradicted(own, separate)]) };
  // What the mirror still showed and is gone was taken away by Terraform, as far as one can see: nobody declares it any more.
  const { byName: now } = inlinePoliciesAt(role, "found");
  const isOwned = ownsList(heldAt(role, "was"), "inline_policy");
  const kept = [...own.byName].filter(([name]) => isOwned || now.has(name));
  return { ...own, byName: new Map([...kept, ...separate]) };
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

function planned(role: Role): Parts<Held> {
  const held = heldAt(role, "planned");
  if (held === undefined && role.held.length > 0) return NOTHING;
  const before = inlinePoliciesAt(role, "found");
  const isNew = held !== undefined && isMadeAnew(role, held);
  const base = isNew ? NOTHING : before;
  const own = ownedAfter(held, "inline_policy", isNew) ? ownAt(role, "planned") : base;
  const byName = new Map(own.byName);
  for (const name of separateAt(role, "found").keys()) {
    byName.delete(name);
    byName.delete(`${name} as the role shows it`);
  }
  const separate = separateAt(role, "planned");
  for (const [name, policy] of separate) byName.set(name, policy);
  const unknown = [...own.unknown];
  for (const exclusive of partsAt(role, "aws_iam_role_policies_exclusive", "planned")) {
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

/** The role is another one than before: nothing hangs on it yet. */
export function isMadeAnew(role: Role, held: Timeline): boolean {
  return held.isReplaced || heldAt(role, "found") === undefined;
}

/** Whether the role's own resource says that these are all, as its configuration does or its plan shows. */
export function ownsList(held: Timeline | undefined, attribute: string): boolean {
  return held?.configured?.includes(attribute) === true;
}

/** The same for what it will be. Where the plan has no configuration, a list that will be known only later may be one that somebody wrote. */
export function ownedAfter(held: Timeline | undefined, attribute: string, isNew: boolean): boolean {
  if (held === undefined) return false;
  if (ownsList(held, attribute)) return true;
  const [before, after] = [held.at.found?.[attribute], held.at.planned?.[attribute]];
  if (after?.kind === "later") return held.configured === undefined;
  return isNew ? after !== undefined : JSON.stringify(before ?? null) !== JSON.stringify(after ?? null);
}

function ownAt(role: Role, moment: Moment): Parts<Held> {
  const list = heldAt(role, moment)?.at[moment]?.inline_policy;
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

function separateAt(role: Role, moment: Moment): ReadonlyMap<string, Held> {
  return new Map(
    partsAt(role, "aws_iam_role_policy", moment).map((timeline) => {
      const attributes = timeline.at[moment];
      const name = textAt(attributes, "name") ?? timeline.address;
      return [name, attributes?.policy ?? { kind: "value", value: "" }];
    }),
  );
}
