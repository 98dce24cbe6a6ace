import { readRef } from "../../token/ref";
import type { RoleUse, Usage, Use } from "../../usage/answer/usage";
import type { LastUsed, ReportRef } from "../model/entry";
import type { GrantedAccess } from "../model/granted-access";
import type { LastUses } from "../model/last-uses";

/** When each access was last used, by what `oidc usage` answers. */
export function lastUsesOf(usage: Usage): LastUses {
  const roles = new Map(usage.roles.map((one) => [one.role, one]));
  return {
    examined: {
      regions: usage.covered.map(({ account, region, first, last, count }) => ({
        account,
        region,
        first,
        last,
        count,
      })),
      notRead: usage.notRead.map(({ name }) => name),
    },
    of: (access) => {
      const role = roles.get(access.roleKey);
      if (role === undefined) return undefined;
      const uses = role.uses.filter((use) => isUseOf(use, access));
      const [first, ...others] = uses;
      if (first === undefined) return withoutUse(role, access);
      const latest = others.reduce((one, other) => (other.last > one.last ? other : one), first);
      return usedOf(latest, uses);
    },
  };
}

/** Records can only show that access is not used if it began before they end. */
function withoutUse({ notJudged, never }: RoleUse, { who }: GrantedAccess): LastUsed {
  if (notJudged.length > 0) return { kind: "not-judged", why: notJudged };
  const isAhead =
    never !== undefined && (!never.hasBegun || (who.kind === "person" && never.notBegun.includes(who.name)));
  return isAhead
    ? { kind: "not-judged", why: ["the access begins after the last record"] }
    : { kind: "never" };
}

function usedOf({ last, ref }: Use, uses: readonly Use[]): LastUsed {
  const count = uses.reduce((sum, use) => sum + use.count, 0);
  return { kind: "used", last, count, ...(ref === undefined ? {} : { ref }) };
}

function isUseOf(use: Use, { who, project, ref }: GrantedAccess): boolean {
  const isWho = who.kind === "person" ? use.isKnown && use.person === who.name : !use.isKnown;
  return isWho && isFrom(use, ref, project.repository);
}

/**
 * Whether the job's code came from the ref. A token without one is used as any token without an
 * origin.
 */
function isFrom({ fullRef, origin }: Use, ref: ReportRef, repository: string | undefined): boolean {
  if (ref.kind === "trust-policy") return true;
  if (ref.kind === "without-origin") return fullRef === undefined;
  if (fullRef === undefined || origin !== repository) return false;
  if (ref.kind === "any") return true;
  const { kind, name } = readRef(fullRef);
  const { pattern } = ref;
  return (
    kind === ref.kind && (pattern.kind === "exact" ? name === pattern.name : name.startsWith(pattern.prefix))
  );
}
