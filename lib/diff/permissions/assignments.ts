import { type Phrase, quoted } from "../../describe/phrase";
import { type Principal, partsAt } from "../context/principals";
import { type Snapshot, type Timeline, textAt } from "../context/timelines";

export const ASSIGNMENT = "aws_ssoadmin_account_assignment";

/** The principals that a permission set is assigned to, in all plans. */
export function assignedAt(set: Principal, snapshot: Snapshot): readonly Phrase[] {
  return partsAt(set, ASSIGNMENT, snapshot).map((timeline) => [
    ...assigneePhrase(timeline, snapshot),
    " in ",
    ...targetPhrase(timeline, snapshot),
  ]);
}

/** Such as: identity store group `9067…`. */
export function assigneePhrase({ at, address }: Timeline, snapshot: Snapshot): Phrase {
  const kind = textAt(at[snapshot], "principal_type")?.toLowerCase();
  const id = textAt(at[snapshot], "principal_id");
  if (id === undefined) return ["the principal of ", quoted(address)];
  return [`identity store ${kind === "user" || kind === "group" ? kind : "principal"} `, quoted(id)];
}

/** Such as: account `123456789012`. */
export function targetPhrase({ at, address }: Timeline, snapshot: Snapshot): Phrase {
  const id = textAt(at[snapshot], "target_id");
  return id === undefined ? ["the account of ", quoted(address)] : ["account ", quoted(id)];
}
