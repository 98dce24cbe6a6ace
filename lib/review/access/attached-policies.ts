import { type Phrase, quoted } from "../model/phrase";
import { isMadeAnew, ownedAfter, ownsList, type Parts } from "./inline-policies";
import type { AttachedPolicy, ManagedPolicies } from "./managed-policies";
import { type Moment, type Timeline, textsAt } from "./moments";
import { sayLater } from "./policy-reading";
import { heldAt, partsAt, type Role } from "./roles";

type Attached = Parts<AttachedPolicy>;

const NOTHING: Attached = { byName: new Map(), unknown: [] };

/** The managed policies that are attached to a role, by their ids: by the role's own list, by attachments and by exclusive resources. */
export function attachedPoliciesAt(role: Role, moment: Moment, managed: ManagedPolicies): Attached {
  if (moment === "planned") return planned(role, managed);
  const own = ownAt(role, moment, moment, managed);
  const separate = separateAt(role, moment, managed);
  if (moment === "found") return joined(own, separate);
  const { byName: now } = attachedPoliciesAt(role, "found", managed);
  const isOwned = ownsList(heldAt(role, "was"), "managed_policy_arns");
  const kept = [...own.byName].filter(([id]) => isOwned || now.has(id));
  const listed = partsAt(role, EXCLUSIVE, "was").map((one) => listedIn(one, "was", managed));
  return [separate, ...listed].reduce(joined, { ...own, byName: new Map(kept) });
}

const EXCLUSIVE = "aws_iam_role_policy_attachments_exclusive";

function planned(role: Role, managed: ManagedPolicies): Attached {
  const held = heldAt(role, "planned");
  if (held === undefined && role.held.length > 0) return NOTHING;
  const isNew = held !== undefined && isMadeAnew(role, held);
  // What stays attached has the contents that are planned.
  const found = attachedPoliciesAt(role, "found", managed);
  const base = isNew ? NOTHING : withContentsAt("planned", found, role, managed);
  const own = ownedAfter(held, "managed_policy_arns", isNew)
    ? ownAt(role, "planned", "planned", managed)
    : base;
  const byName = new Map(own.byName);
  for (const id of separateAt(role, "found", managed).byName.keys()) byName.delete(id);
  const separate = separateAt(role, "planned", managed);
  const all = joined({ ...own, byName }, separate);
  return partsAt(role, EXCLUSIVE, "planned")
    .filter(({ isForgotten }) => !isForgotten)
    .reduce((rest, exclusive) => onlyListed(exclusive, rest, separate, managed), all);
}

/** An exclusive resource attaches what it lists and takes away all else (AWS provider, `aws_iam_role_policy_attachments_exclusive`). */
function onlyListed(
  exclusive: Timeline,
  all: Attached,
  separate: Attached,
  managed: ManagedPolicies,
): Attached {
  const held = exclusive.at.planned?.policy_arns;
  if (held === undefined || held.kind === "value") {
    const listed = listedIn(exclusive, "planned", managed);
    return { byName: listed.byName, unknown: [...separate.unknown, ...listed.unknown] };
  }
  const extra = [...all.byName.values()].filter(({ id }) => !separate.byName.has(id));
  if (extra.length === 0) return all;
  const names = extra.flatMap(({ name }) => ["policy ", quoted(name), " "]);
  const reason: Phrase = [
    ...names,
    "may be taken away: what ",
    quoted(exclusive.address),
    " lets stay is known only after apply",
  ];
  return { ...all, unknown: [...all.unknown, reason] };
}

function listedIn({ at }: Timeline, moment: Moment, managed: ManagedPolicies): Attached {
  const arns = textsAt(at[moment], "policy_arns") ?? [];
  return { byName: byId(arns.map((arn) => managed.byArn(arn, moment))), unknown: [] };
}

function ownAt(role: Role, moment: Moment, contents: Moment, managed: ManagedPolicies): Attached {
  const list = heldAt(role, moment)?.at[moment]?.managed_policy_arns;
  if (list === undefined) return NOTHING;
  if (list.kind === "later") return { ...NOTHING, unknown: [["what is attached to it ", ...sayLater(list)]] };
  if (list.kind === "sensitive")
    return { ...NOTHING, unknown: [["what is attached to it is marked as sensitive"]] };
  const arns = Array.isArray(list.value) ? list.value.filter((one) => typeof one === "string") : [];
  return { byName: byId(arns.map((arn) => managed.byArn(arn, contents))), unknown: [] };
}

function separateAt(role: Role, moment: Moment, managed: ManagedPolicies): Attached {
  const attachments = ["aws_iam_role_policy_attachment", "aws_iam_policy_attachment"].flatMap((type) =>
    partsAt(role, type, moment),
  );
  const unknown: Phrase[] = [];
  const policies = attachments.flatMap((timeline) => {
    const held = timeline.at[moment]?.policy_arn;
    if (held === undefined) return [];
    const policy = managed.of(held, timeline, "policy_arn", moment);
    if (!isPhrase(policy)) return [policy];
    unknown.push([quoted(timeline.address), ": which policy it attaches ", ...policy]);
    return [];
  });
  return { byName: byId(policies), unknown };
}

function withContentsAt(
  moment: Moment,
  { byName, unknown }: Attached,
  role: Role,
  managed: ManagedPolicies,
): Attached {
  const separate = separateAt(role, moment, managed);
  const again = [...byName.values()].map(
    (one) =>
      separate.byName.get(one.id) ?? (one.name.startsWith("arn:") ? managed.byArn(one.name, moment) : one),
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
