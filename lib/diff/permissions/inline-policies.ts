import { type Phrase, quoted } from "../../describe/phrase";
import { isJsonObject } from "../../iam/language/json";
import { whyLater } from "../context/policy-reading";
import { KINDS } from "../context/principal-kinds";
import { declaredAt, type Principal, partsAt } from "../context/principals";
import { type Snapshot, type Timeline, textAt, textsAt } from "../context/timelines";
import { canonical } from "../model/change";
import type { AttributeValue } from "../model/facts";

/** Things in or on a role by their names, and why that may not be all. */
export interface Parts<T> {
  readonly byName: ReadonlyMap<string, T>;
  readonly unknown: readonly Phrase[];
}

const NOTHING = { byName: new Map<string, AttributeValue>(), unknown: [] };

/**
 * The inline policies of a principal: those in a role's own resource, which shows all of them after
 * a refresh, and those that separate resources declare. The separate resource wins where both have
 * one, because the role's own resource was refreshed before the last apply.
 */
export function inlinePoliciesAt(principal: Principal, snapshot: Snapshot): Parts<AttributeValue> {
  if (snapshot === "planned") return planned(principal);
  const own = ownAt(principal, snapshot);
  const separate = separateAt(principal, snapshot);
  if (snapshot === "current")
    return {
      ...own,
      byName: new Map([
        ...namedOnlyAt(principal, snapshot),
        ...own.byName,
        ...separate,
        ...contradicted(own, separate),
      ]),
    };
  // The role's own resource has the policy, and its declaration is removed: Terraform removed it.
  const { byName: now } = inlinePoliciesAt(principal, "current");
  const isOwned = ownsList(declaredAt(principal, "recorded"), principal.kind.inline.own);
  const kept = [...own.byName].filter(([name]) => isOwned || now.has(name));
  return { ...own, byName: new Map([...namedOnlyAt(principal, snapshot), ...kept, ...separate]) };
}

/**
 * What an exclusive resource found in a user or group, whose own resource shows no policies: the
 * name is all that there is.
 */
function namedOnlyAt(
  principal: Principal,
  snapshot: Snapshot,
): readonly (readonly [string, AttributeValue])[] {
  const { own, exclusive } = principal.kind.inline;
  if (own !== undefined || exclusive === undefined) return [];
  const names = partsAt(principal, exclusive, snapshot).flatMap(
    ({ at }) => textsAt(at[snapshot], "policy_names") ?? [],
  );
  return names.map((name) => [name, { kind: "value", value: null }]);
}

/** Both were looked at in the same refresh. If they do not agree, both count. */
function contradicted(
  { byName }: Parts<AttributeValue>,
  separate: ReadonlyMap<string, AttributeValue>,
): readonly (readonly [string, AttributeValue])[] {
  return [...byName].flatMap(([name, mirrored]): readonly (readonly [string, AttributeValue])[] => {
    const declared = separate.get(name);
    if (declared?.kind !== "value" || mirrored.kind !== "value") return [];
    const isSame = canonical(String(declared.value)) === canonical(String(mirrored.value));
    return isSame ? [] : [[`${name} (as shown by the role)`, mirrored]];
  });
}

function planned(principal: Principal): Parts<AttributeValue> {
  const declared = declaredAt(principal, "planned");
  if (declared === undefined && principal.declared.length > 0) return NOTHING;
  const before = inlinePoliciesAt(principal, "current");
  const isNew = declared !== undefined && isMadeAnew(principal, declared);
  const base = isNew ? NOTHING : before;
  const own = ownedAfter(declared, principal.kind.inline.own, isNew) ? ownAt(principal, "planned") : base;
  const byName = new Map(own.byName);
  for (const name of separateAt(principal, "current").keys()) {
    byName.delete(name);
    byName.delete(`${name} (as shown by the role)`);
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
        "may be removed: the list of ",
        quoted(exclusive.address),
        " is known only after apply",
      ]);
    if (names !== undefined) for (const name of extra) byName.delete(name);
  }
  return { byName, unknown };
}

/** An empty list is a known value. */
function namesIn({ at }: Timeline): readonly string[] | undefined {
  return at.planned?.policy_names === undefined ? [] : undefined;
}

/** It is another one than before: nothing belongs to it yet. */
export function isMadeAnew(principal: Principal, declared: Timeline): boolean {
  return declared.isReplaced || declaredAt(principal, "current") === undefined;
}

/**
 * Whether the principal's own resource has such a list and says that these are all, as its
 * configuration does or its plan shows.
 */
export function ownsList(declared: Timeline | undefined, attribute: string | undefined): boolean {
  return attribute !== undefined && declared?.configured?.includes(attribute) === true;
}

/**
 * The same for the planned snapshot. If the plan has no configuration, a list that is known only
 * after apply may be a configured one.
 */
export function ownedAfter(
  declared: Timeline | undefined,
  attribute: string | undefined,
  isNew: boolean,
): boolean {
  if (declared === undefined || attribute === undefined) return false;
  if (ownsList(declared, attribute)) return true;
  const [before, after] = [declared.at.current?.[attribute], declared.at.planned?.[attribute]];
  if (after?.kind === "later") return declared.configured === undefined;
  return isNew ? after !== undefined : JSON.stringify(before ?? null) !== JSON.stringify(after ?? null);
}

function ownAt(principal: Principal, snapshot: Snapshot): Parts<AttributeValue> {
  const { own } = principal.kind.inline;
  const list = own === undefined ? undefined : declaredAt(principal, snapshot)?.at[snapshot]?.[own];
  if (list === undefined) return NOTHING;
  if (list.kind === "later")
    return { ...NOTHING, unknown: [["the list of its inline policies ", ...whyLater(list)]] };
  if (list.kind === "sensitive")
    return { ...NOTHING, unknown: [["the list of its inline policies is marked as sensitive"]] };
  if (!Array.isArray(list.value)) return { ...NOTHING, unknown: [["its inline policies cannot be read"]] };
  const entries = list.value
    .filter(isJsonObject)
    .flatMap(({ name, policy }): readonly (readonly [string, AttributeValue])[] =>
      // An empty block means none (AWS provider, `aws_iam_role`, `inline_policy`).
      typeof name !== "string" || name === ""
        ? []
        : [[name, typeof policy === "string" ? { kind: "value", value: policy } : { kind: "sensitive" }]],
    );
  return { byName: new Map(entries), unknown: [] };
}

function separateAt(principal: Principal, snapshot: Snapshot): ReadonlyMap<string, AttributeValue> {
  const { separate, text } = principal.kind.inline;
  return new Map(
    partsAt(principal, separate, snapshot).map((timeline) => {
      const attributes = timeline.at[snapshot];
      // A permission set has one, without a name.
      const name = separate === NAMELESS ? "" : (textAt(attributes, "name") ?? timeline.address);
      return [name, attributes?.[text] ?? { kind: "value", value: "" }];
    }),
  );
}

const NAMELESS = KINDS["permission set"].inline.separate;
