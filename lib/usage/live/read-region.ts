import { roleIn, roleOfArn } from "../trail/interest";
import type { Observed } from "../trail/observed";
import { addEvent } from "../trail/read-exactly";
import type { Wanted } from "../trail/read-record";
import { Tally } from "../trail/tally";
import { textAt } from "../trail/text-at";
import type { RegionLookUp } from "./lookup";

/** The assumptions with a token that STS recorded in one region. */
export async function readAssumptions(region: RegionLookUp, wanted: Wanted): Promise<Observed> {
  const tally = new Tally();
  for await (const event of region.events("EventName", "AssumeRoleWithWebIdentity"))
    addEvent(JSON.parse(event), wanted, tally);
  return tally.result();
}

/** The access keys of sessions of roles of access.yaml, in the order of their assumptions. */
export function ownSessions(observed: Observed, { roleSet }: Wanted): readonly string[] {
  return observed.sessions.flatMap(([key, at]) => {
    const role = roleOfArn(observed.assumed[at]?.role ?? "");
    return role !== undefined && roleSet.has(roleIn(role.account, role.name)) ? [key] : [];
  });
}

/**
 * What was called in sessions, in one region.
 * @param onSession called after each session
 */
export async function readCalls(
  region: RegionLookUp,
  sessions: readonly string[],
  wanted: Wanted,
  onSession: () => void,
): Promise<Observed> {
  const tally = new Tally();
  for (const key of sessions) {
    for await (const event of region.events("AccessKeyId", key)) {
      const record: unknown = JSON.parse(event);
      // The assumption itself names the key too, and has been counted.
      if (textAt(record, "eventName") !== "AssumeRoleWithWebIdentity") addEvent(record, wanted, tally);
    }
    onSession();
  }
  return tally.result();
}
