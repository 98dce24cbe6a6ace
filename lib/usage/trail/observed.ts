/** How often something was recorded. Times are ISO 8601 in UTC, as CloudTrail writes them. */
export interface Times {
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

/** What tells apart the events that were counted. */
export interface Numbered {
  /** Of the events that have a number; see `eventNumber`. */
  readonly events?: readonly number[];
}

/** Calls that ask STS for a session of a role, with the same answer. */
export interface Assumed extends Times, Numbered {
  /** The role's ARN as the request names it; empty: the record names none. */
  readonly role: string;
  /**
   * The ID of the role that STS gave the session of: another one after it was created again; or
   * empty.
   */
  readonly roleId: string;
  /**
   * How it was asked for. Of all but `web-identity`, `subject` is the ARN or name of the caller; of
   * a session that of its role, because a session's name is chosen by who opens it.
   */
  readonly by: "web-identity" | "other";
  /** The `sub` claim; empty: the record names none. */
  readonly subject: string;
  /** ARN of the provider, or the issuer; empty: the record names none. */
  readonly provider: string;
  /** AWS's error code; empty: the session was opened. */
  readonly error: string;
}

/** Calls in sessions of a role. */
export interface Called extends Times, Numbered, Named {
  /** The role's ARN. */
  readonly role: string;
  /** The session's access key ID; empty: the record names none. */
  readonly session: string;
  /** Such as `s3.amazonaws.com`. */
  readonly source: string;
  /** The event's name, such as `PutObject`. */
  readonly name: string;
  /** Whether AWS refused it for lack of a permission. */
  readonly denied: boolean;
}

/** The resources of calls. */
export interface Named {
  /** ARNs, sorted. Undefined: not every record names its resource, or there are more than 20. */
  readonly resources?: readonly string[];
}

export type ReadOnly = "true" | "false" | "";

/** All records of one kind from one account and region. */
export interface Examined extends Times {
  readonly account: string;
  readonly region: string;
  /** `Management`, `Data`, …; empty: the record does not say. */
  readonly category: string;
  /** Whether the calls only read; empty: the record does not say. */
  readonly readOnly: ReadOnly;
  /**
   * Days in UTC with records, as `2026-11-30`. Undefined: only the first and last time are known.
   */
  readonly days?: readonly string[];
}

/** What was found in a part of the records. */
export interface Observed {
  readonly assumed: readonly Assumed[];
  /** Access key IDs of sessions, each with the place of its assumption in `assumed`. */
  readonly sessions: readonly (readonly [accessKey: string, at: number])[];
  readonly called: readonly Called[];
  readonly examined: readonly Examined[];
  /** Assumptions of other roles through providers that are not CircleCI's. */
  readonly elsewhere: number;
}

/** Adds one set of times to another. */
export function addTimes(one: Times | undefined, other: Times): Times {
  if (one === undefined) return { count: other.count, first: other.first, last: other.last };
  return {
    count: one.count + other.count,
    first: other.first < one.first ? other.first : one.first,
    last: other.last > one.last ? other.last : one.last,
  };
}

/** Of one kind of calls more resources than these are not kept. */
const MOST_RESOURCES = 20;

/** The resources of two sets of calls. */
export function addResources(one: Named, other: Named): Named {
  if (one.resources === undefined || other.resources === undefined) return {};
  if (one.resources.join() === other.resources.join()) return one;
  const all = [...new Set([...one.resources, ...other.resources])].sort();
  return all.length > MOST_RESOURCES ? {} : { resources: all };
}
