import fc from "fast-check";
import { changedSince, digestsOf } from "../../lib/watch/model/observed";
import { keepRecord } from "../../lib/watch/record/keep";
import {
  bothRecords,
  isNewTo,
  parseRecord,
  printRecord,
  recordAfter,
  type WatchRecord,
} from "../../lib/watch/record/record";
import type { RecordStore, StoredRecord } from "../../lib/watch/record/store";
import { errorOf } from "../fixtures/project-error";

const ACCOUNT = "123456789012";
const [DRIFT, FINDING, DENIED] = ["drift-0123456789ab", "finding-0123456789ab", "denied-0123456789ab"];
const run = {
  account: ACCOUNT,
  at: "2026-11-30T03:00:00Z",
  isPartial: false,
  assumptionsUntil: undefined,
  observed: {},
};

function aRecord(ids: readonly string[], at = "2026-11-29T03:00:00Z"): WatchRecord {
  return recordAfter(undefined, { ...run, at, told: ids.map((id) => ({ id })) });
}

describe("what is new", () => {
  test("on a first run all, then only what the last run did not tell", () => {
    expect(isNewTo(undefined, { id: DRIFT })).toBe(true);
    expect(isNewTo(aRecord([DRIFT]), { id: DRIFT })).toBe(false);
    expect(isNewTo(aRecord([DRIFT]), { id: FINDING })).toBe(true);
  });

  test("an attempt that is known is new when it happens again, and not when its record is read again", () => {
    const last = "2026-11-29T01:00:00Z";
    const record = recordAfter(undefined, { ...run, told: [{ id: DENIED, last }] });
    expect(isNewTo(record, { id: DENIED, last })).toBe(false);
    expect(isNewTo(record, { id: DENIED, last: "2026-11-29T01:00:01Z" })).toBe(true);
  });

  test("what no longer stands is forgotten, unless the run did not examine everything", () => {
    const before = aRecord([DRIFT]);
    expect(recordAfter(before, { ...run, told: [] }).known).toEqual({});
    expect(recordAfter(before, { ...run, told: [], isPartial: true }).known).toHaveProperty([DRIFT]);
  });

  test("assumptions that were not examined are looked at from the same moment again", () => {
    const before = recordAfter(undefined, { ...run, told: [], assumptionsUntil: "2026-11-28T03:00:00Z" });
    const after = recordAfter(before, { ...run, told: [], isPartial: true });
    expect(after.assumptionsUntil).toBe("2026-11-28T03:00:00Z");
  });
});

describe("what the file does not say", () => {
  const policy = { what: "customer-managed policy logs", value: '{"Statement":[]}' };
  const before = recordAfter(undefined, { ...run, told: [], observed: digestsOf([policy]) });

  test("is told when it has another value than in the last run, and not on a first run", () => {
    const widened = { ...policy, value: '{"Statement":[{}]}' };
    expect(changedSince(before.observed, [policy])).toEqual([]);
    expect(changedSince(undefined, [widened])).toEqual([]);
    expect(changedSince(before.observed, [widened]).map(({ what }) => what)).toEqual([policy.what]);
  });

  test("is kept while it cannot be read, and its name and value are not in the record", () => {
    const partial = recordAfter(before, { ...run, told: [], isPartial: true });
    expect(partial.observed).toEqual(before.observed);
    expect(recordAfter(before, { ...run, told: [] }).observed).toEqual({});
    expect(printRecord(before)).not.toMatch(/logs|Statement/);
  });
});

describe("a record that is read", () => {
  const text = printRecord(aRecord([DRIFT]));
  const codeOf = (changed: string) => errorOf(() => parseRecord(changed, "watch.json", ACCOUNT)).code;

  test("is the one that was written", () => {
    expect(parseRecord(text, "watch.json", ACCOUNT)).toEqual(aRecord([DRIFT]));
  });

  test.each([
    ["cut off", text.slice(0, -5), "watch-record-not-read"],
    ["empty", "", "watch-record-not-read"],
    ["of another account", text.replace(ACCOUNT, "210987654321"), "watch-record-not-read"],
    ["with a field of its own", text.replace("{", '{ "more": 1,'), "watch-record-not-read"],
    ["of a newer release", text.replace('"version": 1', '"version": 2'), "watch-record-newer"],
  ])("is an error where it is %s, and never nothing", (_, changed, code) => {
    expect(codeOf(changed)).toBe(code);
  });
});

describe("two runs at the same time", () => {
  /** A store that another run writes first, `times` times. */
  function contended(times: number): RecordStore & { stored: StoredRecord | undefined } {
    let version = 0;
    const store = {
      place: "s3://acme/watch.json",
      stored: undefined as StoredRecord | undefined,
      read: async () => store.stored,
      write: async (record: WatchRecord, over: StoredRecord | undefined) => {
        if (version < times) {
          version += 1;
          const other = `assumption-${String(version).padStart(12, "0")}`;
          store.stored = { record: aRecord([other]), version: String(version) };
        }
        if (store.stored?.version !== over?.version) return false;
        version += 1;
        store.stored = { record, version: String(version) };
        return true;
      },
    };
    return store;
  }

  test("both are in the record", async () => {
    const store = contended(1);
    await keepRecord(store, aRecord([DRIFT]), undefined);
    expect(Object.keys(store.stored?.record.known ?? {})).toEqual(["assumption-000000000001", DRIFT]);
  });

  test("an end, and an error, if the others never stop", async () => {
    await expect(keepRecord(contended(99), aRecord([DRIFT]), undefined)).rejects.toMatchObject({
      code: "watch-record-contended",
    });
  });

  test("neither order nor repetition changes what both have told", () => {
    const id = fc.integer({ min: 0, max: 5 }).map((at) => `drift-00000000000${at}`);
    const day = fc.integer({ min: 10, max: 29 }).map((at) => `2026-11-${at}T00:00:00Z`);
    const record = fc.tuple(fc.array(id), day).map(([ids, at]) => aRecord([...new Set(ids)], at));
    fc.assert(
      fc.property(record, record, (one, other) => {
        const both = bothRecords(one, other);
        expect(both).toEqual(bothRecords(other, one));
        expect(bothRecords(both, one)).toEqual(both);
        expect(Object.keys(both.known)).toEqual(
          [...new Set([...Object.keys(one.known), ...Object.keys(other.known)])].sort(),
        );
      }),
      { numRuns: 30 },
    );
  });
});
