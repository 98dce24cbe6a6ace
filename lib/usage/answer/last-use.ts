import type { RoleUse, Usage, Use } from "./usage";

/** When something was last used, or why the records do not tell. Times are ISO 8601 in UTC. */
export type LastUse =
  | {
      readonly kind: "used";
      readonly time: string;
      readonly count: number;
      /** `website/deploy`. */
      readonly role: string;
      readonly person: string;
      /** `main`, `tag v1.2`; undefined: the token named no ref. */
      readonly ref?: string;
    }
  /** In the records, whose first and last times are given. */
  | { readonly kind: "never"; readonly first: string; readonly last: string }
  | { readonly kind: "not-examined"; readonly reason: string };

/** What is asked for: a role of access.yaml (`website/deploy`), a person of it, or both together. */
interface UsedBy {
  readonly role?: string;
  readonly person?: string;
}

/**
 * The last use of a role, by a person, or of a role by a person. A use is recorded, whatever else was
 * not examined; that there was none is said only of accounts that the records cover.
 * @param usage undefined: no records were read
 */
export function lastUse(usage: Usage | undefined, { role, person }: UsedBy): LastUse {
  if (usage === undefined) return { kind: "not-examined", reason: "no CloudTrail records were read" };
  const roles = usage.roles.filter((one) => role === undefined || one.role === role);
  if (roles.length === 0)
    return { kind: "not-examined", reason: `access.yaml has no role ${role ?? ""}`.trim() };
  const uses = roles.flatMap((one) => usesOf(one, person));
  const [first, ...others] = uses;
  if (first !== undefined) {
    const latest = others.reduce((one, other) => (other.use.last > one.use.last ? other : one), first);
    const { ref, last, person: by } = latest.use;
    return {
      kind: "used",
      time: last,
      count: uses.reduce((sum, { use }) => sum + use.count, 0),
      role: latest.role,
      person: by,
      ...(ref === undefined ? {} : { ref }),
    };
  }
  const reasons = [...new Set(roles.flatMap(({ notJudged }) => notJudged))];
  if (reasons.length > 0) return { kind: "not-examined", reason: reasons.join("; ") };
  const times = usage.covered
    .flatMap((one) => [one.first, one.last])
    .filter((time) => time !== "")
    .sort();
  return { kind: "never", first: times[0] ?? "", last: times.at(-1) ?? "" };
}

function usesOf({ role, uses }: RoleUse, person: string | undefined) {
  return uses
    .filter((one: Use) => person === undefined || (one.isKnown && one.person === person))
    .map((use) => ({ role, use }));
}
