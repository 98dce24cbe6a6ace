import { z } from "zod";
import { compareText } from "../../collections/sort";
import { ProjectError } from "../../errors";
import type { Told } from "../model/known";

const VERSION = 1;
/** CloudTrail's event history: what is older can no longer be found again. */
const KEPT_MS = 90 * 86_400_000;

const moment = z.iso.datetime({ precision: 0 });

const recordSchema = z
  .strictObject({
    version: z.literal(VERSION),
    /** 12 digits. */
    account: z.string().regex(/^\d{12}$/),
    /** The clock of the last run. */
    at: moment,
    /** Up to here assumptions were examined without a gap. Absent: never. */
    assumptionsUntil: moment.exactOptional(),
    /** By id: when it was first told; of what happened, when it last did. */
    known: z.record(
      z.string().regex(/^[a-z-]+-[0-9a-f]{12}$/),
      z.strictObject({ first: moment, last: moment.exactOptional() }).readonly(),
    ),
    /** Digests of what the file does not say, by its id. */
    observed: z.record(z.string(), z.string().regex(/^value-[0-9a-f]{12}$/)),
  })
  .readonly();

/** What the last run told about one account. */
export type WatchRecord = z.infer<typeof recordSchema>;

/**
 * @param place of the text, for messages
 * @param account 12 digits: the account that the record has to be of
 * @throws ProjectError `watch-record-newer`, `watch-record-not-read`: never taken for "nothing
 * told"
 */
export function parseRecord(text: string, place: string, account: string): WatchRecord {
  const value = parsed(text, place);
  const version = z.looseObject({ version: z.number() }).safeParse(value).data?.version;
  if (version !== undefined && version > VERSION)
    throw new ProjectError({
      code: "watch-record-newer",
      message: `${place} has format version ${version}; this release reads ${VERSION}`,
      found: String(version),
      fix: "install the release that wrote it, or a newer one",
    });
  const read = recordSchema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw notRead(place, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
  }
  if (read.data.account !== account)
    throw notRead(place, `it is of account ${read.data.account}, not of ${account}`);
  return read.data;
}

function parsed(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notRead(place, cause instanceof Error ? cause.message : String(cause));
  }
}

function notRead(place: string, why: string): ProjectError {
  return new ProjectError({
    code: "watch-record-not-read",
    message: `${place} is not a record of watch: ${why}`,
    found: why,
    fix: "restore an earlier version of it, or delete it: the next run then reports everything as new",
  });
}

export function printRecord(record: WatchRecord): string {
  return `${JSON.stringify(recordSchema.parse(record), null, 2)}\n`;
}

/** Whether the last run did not tell it, or it has happened again since. */
export function isNewTo(record: WatchRecord | undefined, { id, last }: Told): boolean {
  const known = record?.known[id];
  if (known === undefined) return true;
  return last !== undefined && (known.last === undefined || last > known.last);
}

interface Run {
  /** 12 digits. */
  readonly account: string;
  readonly at: string;
  readonly told: readonly Told[];
  readonly observed: WatchRecord["observed"];
  /** True: something was not examined, so what was told before may still stand. */
  readonly isPartial: boolean;
  /** Up to here assumptions were examined; undefined: they were not. */
  readonly assumptionsUntil: string | undefined;
}

/** The record after a run. */
export function recordAfter(before: WatchRecord | undefined, run: Run): WatchRecord {
  const { account, at, told, isPartial } = run;
  const oldest = new Date(Date.parse(at) - KEPT_MS).toISOString();
  const kept = Object.entries(before?.known ?? {}).filter(
    // What happened may be found again as long as CloudTrail has it; what stands is told anew.
    ([, { last }]) => (last === undefined ? isPartial : last >= oldest),
  );
  const now = told.map(({ id, last }) => {
    const known = before?.known[id];
    const latest = [known?.last, last]
      .filter((one) => one !== undefined)
      .sort()
      .at(-1);
    return [id, { first: known?.first ?? at, ...(latest === undefined ? {} : { last: latest }) }] as const;
  });
  const until = run.assumptionsUntil ?? before?.assumptionsUntil;
  return {
    version: VERSION,
    account,
    at,
    ...(until === undefined ? {} : { assumptionsUntil: until }),
    known: sorted([...kept, ...now]),
    observed: inOrder({ ...(isPartial ? before?.observed : {}), ...run.observed }),
  };
}

/**
 * The record of two runs at the same time: all that either told. What only one of them found stays
 * known; if that is wrong, it is told once more, never left out.
 */
export function bothRecords(one: WatchRecord, other: WatchRecord): WatchRecord {
  const known = new Map(Object.entries(one.known));
  for (const [id, told] of Object.entries(other.known)) {
    const before = known.get(id);
    const last = [before?.last, told.last]
      .filter((time) => time !== undefined)
      .sort()
      .at(-1);
    const first = before === undefined || told.first < before.first ? told.first : before.first;
    known.set(id, { first, ...(last === undefined ? {} : { last }) });
  }
  const [until] = [one.assumptionsUntil, other.assumptionsUntil].filter((time) => time !== undefined).sort();
  return {
    version: VERSION,
    account: one.account,
    at: one.at > other.at ? one.at : other.at,
    ...(until === undefined ? {} : { assumptionsUntil: until }),
    known: sorted([...known]),
    observed: inOrder(
      one.at > other.at ? { ...other.observed, ...one.observed } : { ...one.observed, ...other.observed },
    ),
  };
}

function inOrder(digests: WatchRecord["observed"]): WatchRecord["observed"] {
  return Object.fromEntries(Object.entries(digests).sort(([one], [other]) => compareText(one, other)));
}

function sorted(entries: readonly (readonly [string, WatchRecord["known"][string]])[]): WatchRecord["known"] {
  return Object.fromEntries(new Map(entries.toSorted(([one], [other]) => compareText(one, other))));
}
