import { compareText } from "../../collections/sort";
import { joinPhrases, type Phrase } from "../../describe/phrase";
import type { PlanContext } from "../context/plan-context";
import type { Principal } from "../context/principals";
import type { Snapshot } from "../context/timelines";
import { trustAt } from "../context/trust-policy";

/** So many groups are named in one sentence. */
const SHOWN = 3;

/** Who may assume a role in some snapshot. */
export interface Assumers {
  /**
   * Such as: alice from `main` of `github.com/acme/website`. Empty: no token is accepted, or it is
   * unknown.
   */
  readonly phrase: Phrase;
  /** Names from access.yaml, sorted. */
  readonly people: readonly string[];
  /** By themselves, each with the extent that it comes from. */
  readonly groups: readonly { readonly who: Phrase; readonly from: Phrase }[];
}

/**
 * @param snapshot the snapshot that the sentence is about: drift affects those who can assume the
 * role now, not as planned
 */
export function whoAssumes(role: Principal, snapshot: Snapshot, context: PlanContext): Assumers {
  const trust = trustAt(role, snapshot, context);
  if (trust.kind !== "policy") return { phrase: [], people: [], groups: [] };
  const { groups, hasMore } = context.trusts.admittedBy(trust.policy);
  const shown = groups
    .slice(0, SHOWN)
    .map(({ who, where }): Phrase => [...who, ...(where.length === 0 ? [] : [" ", ...where])]);
  const isAll = groups.length <= SHOWN && !hasMore;
  return {
    phrase: joinPhrases([...shown, ...(isAll ? [] : [["and more"]])], "; "),
    people: [...new Set(groups.flatMap(({ people }) => people))].sort(compareText),
    groups: [
      ...groups.slice(0, SHOWN).map(({ who, from }) => ({ who, from })),
      ...(isAll ? [] : [{ who: ["more"], from: [] }]),
    ],
  };
}
