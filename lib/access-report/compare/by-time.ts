import { stateOf } from "../../describe/moment";
import type { ChangedByTime } from "../model/differences";
import type { GrantedAccess } from "../model/granted-access";
import type { GrantedRole } from "../model/granted-roles";

interface At {
  readonly at: string;
  readonly roles: readonly GrantedRole[];
}

/**
 * What time alone changed: a review compares two files over all moments, so it does not tell this.
 */
export function changedByTime(before: At, after: At): readonly ChangedByTime[] {
  const earlier = new Map(before.roles.flatMap(({ access }) => access).map((one) => [keyOf(one), one]));
  return after.roles.flatMap(({ key, access }) =>
    access.flatMap((one): readonly ChangedByTime[] => {
      const was = earlier.get(keyOf(one));
      if (was === undefined || one.periods === undefined) return [];
      const [then, now] = [isInForce(was, before.at), isInForce(one, after.at)];
      if (then === now) return [];
      const { who, ref, periods } = one;
      return [{ who, role: key, ref, periods, change: now ? "began" : "ended" }];
    }),
  );
}

function isInForce({ periods }: GrantedAccess, at: string): boolean {
  return periods === undefined || stateOf(periods, at) === "in-force";
}

function keyOf({ who, roleKey, ref }: GrantedAccess): string {
  return JSON.stringify([who.kind === "person" ? who.id : "", roleKey, ref]);
}
