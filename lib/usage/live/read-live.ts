import { type CloudTrailClient, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { checkCaller } from "../../aws/caller";
import { createCloudTrailClient } from "../../aws/clients";
import type { Access, Account } from "../../config/model/model";
import { ProjectError } from "../../errors";
import { createProgress } from "../../programs/progress";
import { pickAccount } from "../../project/pick-account";
import { Gathered } from "../sources/gathered";
import type { ReadLogs } from "../sources/read-logs";
import type { Interest } from "../trail/interest";
import type { Examined, Observed } from "../trail/observed";
import { type Wanted, wantedOf } from "../trail/read-record";
import { type Clock, type LookUp, RegionLookUp } from "./lookup";
import { ownSessions, readAssumptions, readCalls } from "./read-region";

const DAY_MS = 24 * 3_600_000;
/** "You can look up events that occurred in a Region within the last 90 days" (API Reference). */
const DAYS = 90;
/** Where calls to the global endpoint of STS and to global services are recorded. */
const GLOBAL_REGION = "us-east-1";

const SYSTEM_CLOCK: Clock = {
  now: Date.now,
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

interface LiveOptions {
  readonly account?: string;
  readonly region?: readonly string[];
  /** False: only assumptions are asked for. */
  readonly calls: boolean;
}

/**
 * Asks CloudTrail's event history of one account: who assumed its roles with a token, then what
 * each session called. Management events of 90 days; one call, `cloudtrail:LookupEvents`, twice a
 * second in each region.
 * @throws ProjectError `account-needed`, `unknown-account` (exit 2), those of `checkCaller`,
 * `usage-lookup-failed`
 */
export async function readLive(
  access: Access,
  interest: Interest,
  { account: key, region = [], calls }: LiveOptions,
): Promise<ReadLogs> {
  const account = pickAccount(access, key);
  await checkCaller(account);
  const wanted = wantedOf(interest);
  const regions = [
    ...new Set([account.region, ...(account.partition === "aws" ? [GLOBAL_REGION] : []), ...region]),
  ];
  const now = SYSTEM_CLOCK.now();
  const since = startOf(interest.since, now);
  const clients = regions.map((name) => createCloudTrailClient({ region: name }));
  const places = clients.map((client) => new RegionLookUp(asking(client), since, SYSTEM_CLOCK));
  try {
    const gathered = new Gathered();
    for (const one of await readPlaces(places, regions, wanted, calls)) gathered.add(one);
    gathered.add({ ...NOTHING, examined: regions.flatMap((name) => asked(account, name, since, now)) });
    return { joined: gathered.result(), filesRead: 0, notRead: [], withoutEvents: [], hasCalls: calls };
  } finally {
    for (const client of clients) client.destroy();
  }
}

async function readPlaces(
  places: readonly RegionLookUp[],
  regions: readonly string[],
  wanted: Wanted,
  calls: boolean,
): Promise<readonly Observed[]> {
  const progress = createProgress();
  const found = await progress.step(
    `LookupEvents in ${regions.join(", ")}`,
    () => Promise.all(places.map((place) => readAssumptions(place, wanted))),
    (all) => `${all.reduce((sum, { sessions }) => sum + sessions.length, 0)} sessions`,
  );
  const sessions = found.flatMap((one) => ownSessions(one, wanted));
  if (!calls || sessions.length === 0) return found;
  let done = 0;
  const called = await progress.step("LookupEvents of each session", (tell) =>
    Promise.all(
      places.map((place) =>
        readCalls(place, sessions, wanted, () => {
          done += 1;
          tell(`${done} of ${sessions.length * places.length}, 2 a second in each region`);
        }),
      ),
    ),
  );
  return [...found, ...called];
}

const NOTHING: Observed = { assumed: [], sessions: [], called: [], examined: [], elsewhere: 0 };

/** The period that was asked for, whether or not anything happened in it. */
function asked({ id }: Account, region: string, since: Date, now: number): readonly Examined[] {
  const [first, last] = [since.toISOString(), new Date(now).toISOString()].map(
    (time) => `${time.slice(0, 19)}Z`,
  );
  const times = { count: 0, first: first ?? "", last: last ?? "" };
  // The event history has both kinds, whatever trails select.
  return (["true", "false"] as const).map((readOnly) => ({
    account: id,
    region,
    category: "Management",
    readOnly,
    ...times,
  }));
}

function startOf(since: string | undefined, now: number): Date {
  const oldest = now - DAYS * DAY_MS;
  return new Date(since === undefined ? oldest : Math.max(oldest, Date.parse(since)));
}

function asking(client: CloudTrailClient): LookUp {
  return (input) =>
    client.send(new LookupEventsCommand(input)).catch((cause: unknown) => {
      if (cause instanceof ProjectError) throw cause;
      const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
      throw new ProjectError({
        code: "usage-lookup-failed",
        message: `cloudtrail:LookupEvents failed: ${reason}`,
        found: reason,
        fix: "check the credentials; they need cloudtrail:LookupEvents on *",
        cause,
      });
    });
}
