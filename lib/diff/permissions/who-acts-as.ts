import { compareText } from "../../collections/sort";
import { joinPhrases, type Phrase } from "../../describe/phrase";
import type { PlanContext } from "../context/plan-context";
import { principalPhrase } from "../context/principal-names";
import type { Principal } from "../context/principals";
import type { Snapshot } from "../context/timelines";
import { assignedAt } from "./assignments";
import { membersAt } from "./group-members";
import { type Assumers, whoAssumes } from "./who-assumes";

/** So many are named in one sentence. */
const SHOWN = 3;

/**
 * Who has a principal's permissions: those who may assume a role, the users of a group, and those
 * that a permission set is assigned to. A user acts for itself.
 */
export function whoActsAs(principal: Principal, snapshot: Snapshot, context: PlanContext): Assumers {
  if (principal.kind.name === "role") return whoAssumes(principal, snapshot, context);
  const phrase = listed(othersAt(principal, snapshot, context));
  return { phrase, people: [], groups: phrase.length === 0 ? [] : [{ who: phrase, from: [] }] };
}

function othersAt(principal: Principal, snapshot: Snapshot, { principals }: PlanContext): readonly Phrase[] {
  if (principal.kind.name === "group")
    return membersAt(principal, snapshot, principals.user, principals.group)
      .toSorted((one, other) => compareText(one.name, other.name))
      .map(principalPhrase);
  return principal.kind.name === "permission set" ? assignedAt(principal, snapshot) : [];
}

function listed(all: readonly Phrase[]): Phrase {
  const left = all.length - SHOWN;
  return joinPhrases([...all.slice(0, SHOWN), ...(left > 0 ? [[`and ${left} more`] as const] : [])], ", ");
}
