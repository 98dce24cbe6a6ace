import { type Phrase, quoted } from "../../describe/phrase";
import { whyLater } from "../context/policy-reading";
import { type Principal, type Principals, partsAt } from "../context/principals";
import type { Snapshot } from "../context/timelines";

/** Which groups a user is in; of a group that no plan holds, its name. */
interface GroupsOfUser {
  readonly groups: readonly Principal[];
  /** Why that may not be all. */
  readonly unknown: readonly Phrase[];
}

const OF_USER = "aws_iam_user_group_membership";
const OF_GROUP = "aws_iam_group_membership";

/**
 * A user's groups in a snapshot, by memberships that list the user's groups and those that list the
 * group's users.
 */
export function groupsAt(user: Principal, snapshot: Snapshot, groups: Principals): GroupsOfUser {
  if (user.kind.name !== "user") return { groups: [], unknown: [] };
  const from = [
    ...partsAt(user, OF_USER, snapshot).map((timeline) => ({ timeline, attribute: "groups" })),
    ...partsAt(user, OF_GROUP, snapshot).map((timeline) => ({ timeline, attribute: "group" })),
  ];
  const found = new Map<string, Principal>();
  const unknown: Phrase[] = [];
  for (const { timeline, attribute } of from) {
    const value = timeline.at[snapshot]?.[attribute];
    if (value?.kind === "sensitive")
      unknown.push(["the list of groups in ", quoted(timeline.address), " is marked as sensitive"]);
    const keys = groups.keysIn(timeline, attribute, snapshot);
    if (value?.kind === "later" && (attribute === "groups" || keys.length !== 1))
      unknown.push(["the list of groups in ", quoted(timeline.address), " ", ...whyLater(value)]);
    for (const key of keys) found.set(key, groups.byKey.get(key) ?? inNoPlan(key, groups));
  }
  return { groups: [...found.values()], unknown };
}

/** Users that plans put into a group, in a snapshot. */
export function membersAt(
  group: Principal,
  snapshot: Snapshot,
  users: Principals,
  groups: Principals,
): readonly Principal[] {
  return [...users.byKey.values()].filter(
    (user) =>
      (user.parts.has(OF_USER) || user.parts.has(OF_GROUP)) &&
      groupsAt(user, snapshot, groups).groups.some(({ key }) => key === group.key),
  );
}

function inNoPlan(key: string, { kind }: Principals): Principal {
  return { kind, key, name: key.slice(key.indexOf("/") + 1), declared: [], parts: new Map() };
}
