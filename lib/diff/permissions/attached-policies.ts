import { type Phrase, quoted } from "../../describe/phrase";
import type { AttachedPolicy, ManagedPolicies } from "../context/managed-policies";
import { whyLater } from "../context/policy-reading";
import { declaredAt, type Principal, partsAt } from "../context/principals";
import { type Snapshot, type Timeline, textsAt } from "../context/timelines";
import { isMadeAnew, ownedAfter, ownsList, type Parts } from "./inline-policies";

type Attached = Parts<AttachedPolicy>;

const NOTHING: Attached = { byName: new Map(), unknown: [] };

/**
 * The managed policies that are attached to a principal, by their ids: by its own list, by
 * attachments and by exclusive resources.
 */
export function attachedPoliciesAt(
  principal: Principal,
  snapshot: Snapshot,
  managed: ManagedPolicies,
): Attached {
  if (snapshot === "planned") return planned(principal, managed);
  const own = ownAt(principal, snapshot, snapshot, managed);
  const separate = separateAt(principal, snapshot, managed);
  // Where the principal's own resource lists nothing, the exclusive one has what was found.
  const { own: mirror } = principal.kind.attached;
  const seen = mirror === undefined ? exclusiveAt(principal, "current") : [];
  if (snapshot === "current")
    return seen.map((one) => listedIn(one, "current", managed)).reduce(joined, joined(own, separate));
  const { byName: now } = attachedPoliciesAt(principal, "current", managed);
  const isOwned = ownsList(declaredAt(principal, "recorded"), mirror);
  const kept = [...own.byName].filter(([id]) => isOwned || now.has(id));
  const listed = exclusiveAt(principal, "recorded").map((one) => listedIn(one, "recorded", managed));
  return [separate, ...listed].reduce(joined, { ...own, byName: new Map(kept) });
}

function exclusiveAt(principal: Principal, snapshot: Snapshot): readonly Timeline[] {
  const { exclusive } = principal.kind.attached;
  return exclusive === undefined ? [] : partsAt(principal, exclusive, snapshot);
}

function planned(principal: Principal, managed: ManagedPolicies): Attached {
  const declared = declaredAt(principal, "planned");
  if (declared === undefined && principal.declared.length > 0) return NOTHING;
  const isNew = declared !== undefined && isMadeAnew(principal, declared);
  // What stays attached has the contents that are planned.
  const found = attachedPoliciesAt(principal, "current", managed);
  const base = isNew ? NOTHING : withContentsAt("planned", found, principal, managed);
  const own = ownedAfter(declared, principal.kind.attached.own, isNew)
    ? ownAt(principal, "planned", "planned", managed)
    : base;
  const byName = new Map(own.byName);
  for (const id of separateAt(principal, "current", managed).byName.keys()) byName.delete(id);
  const separate = separateAt(principal, "planned", managed);
  const all = joined({ ...own, byName }, separate);
  return exclusiveAt(principal, "planned")
    .filter(({ isForgotten }) => !isForgotten)
    .reduce((rest, exclusive) => onlyListed(exclusive, rest, separate, managed), all);
}

/**
 * An exclusive resource attaches the policies that it lists and detaches all others (AWS provider,
 * `aws_iam_role_policy_attachments_exclusive` and those of users and groups).
 */
function onlyListed(
  exclusive: Timeline,
  all: Attached,
  separate: Attached,
  managed: ManagedPolicies,
): Attached {
  const value = exclusive.at.planned?.policy_arns;
  if (value === undefined || value.kind === "value") {
    const listed = listedIn(exclusive, "planned", managed);
    return { byName: listed.byName, unknown: [...separate.unknown, ...listed.unknown] };
  }
  const extra = [...all.byName.values()].filter(({ id }) => !separate.byName.has(id));
  if (extra.length === 0) return all;
  const names = extra.flatMap(({ name }) => ["policy ", quoted(name), " "]);
  const reason: Phrase = [
    ...names,
    "may be removed: the list of ",
    quoted(exclusive.address),
    " is known only after apply",
  ];
  return { ...all, unknown: [...all.unknown, reason] };
}

function listedIn({ at }: Timeline, snapshot: Snapshot, managed: ManagedPolicies): Attached {
  const arns = textsAt(at[snapshot], "policy_arns") ?? [];
  return { byName: byId(arns.map((arn) => managed.byArn(arn, snapshot))), unknown: [] };
}

function ownAt(
  principal: Principal,
  snapshot: Snapshot,
  contents: Snapshot,
  managed: ManagedPolicies,
): Attached {
  const { own } = principal.kind.attached;
  const list = own === undefined ? undefined : declaredAt(principal, snapshot)?.at[snapshot]?.[own];
  if (list === undefined) return NOTHING;
  if (list.kind === "later")
    return { ...NOTHING, unknown: [["the list of its attached policies ", ...whyLater(list)]] };
  if (list.kind === "sensitive")
    return { ...NOTHING, unknown: [["the list of its attached policies is marked as sensitive"]] };
  const arns = Array.isArray(list.value) ? list.value.filter((one) => typeof one === "string") : [];
  return { byName: byId(arns.map((arn) => managed.byArn(arn, contents))), unknown: [] };
}

function separateAt(principal: Principal, snapshot: Snapshot, managed: ManagedPolicies): Attached {
  const unknown: Phrase[] = [];
  const policies = Object.entries(principal.kind.attached.separate).flatMap(([type, attribute]) =>
    partsAt(principal, type, snapshot).flatMap((timeline) => {
      const value = timeline.at[snapshot]?.[attribute];
      if (value === undefined) return [];
      const policy = managed.of(value, timeline, attribute, snapshot);
      if (!isPhrase(policy)) return [policy];
      unknown.push([quoted(timeline.address), ": the policy that it attaches ", ...policy]);
      return [];
    }),
  );
  return { byName: byId(policies), unknown };
}

function withContentsAt(
  snapshot: Snapshot,
  { byName, unknown }: Attached,
  principal: Principal,
  managed: ManagedPolicies,
): Attached {
  const separate = separateAt(principal, snapshot, managed);
  const again = [...byName.values()].map(
    (one) =>
      separate.byName.get(one.id) ?? (one.name.startsWith("arn:") ? managed.byArn(one.name, snapshot) : one),
  );
  return { byName: byId(again), unknown };
}

export function isPhrase(value: AttachedPolicy | Phrase): value is Phrase {
  return Array.isArray(value);
}

function byId(policies: readonly AttachedPolicy[]): ReadonlyMap<string, AttachedPolicy> {
  return new Map(policies.map((policy) => [policy.id, policy]));
}

function joined(one: Attached, other: Attached): Attached {
  return { byName: new Map([...one.byName, ...other.byName]), unknown: [...one.unknown, ...other.unknown] };
}
