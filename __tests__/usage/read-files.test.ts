import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { listFiles } from "../../lib/usage/sources/list-files";
import { readLogs } from "../../lib/usage/sources/read-logs";
import { interestOf } from "../../lib/usage/trail/interest";
import { ExactReader } from "../../lib/usage/trail/read-exactly";
import { wantedOf } from "../../lib/usage/trail/read-record";
import { RecentEvents } from "../../lib/usage/trail/recent-events";
import { NotAsWritten, Scanner } from "../../lib/usage/trail/scan";
import { Tally } from "../../lib/usage/trail/tally";
import { access, assumption, call, roleArn, subject } from "./records";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "usage-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const INTEREST = interestOf(access());
const DEPLOY = assumption(subject("alice"), "website-deploy", "ASIAONE");
const INVALIDATE = call("website-deploy", "ASIAONE", "cloudfront.amazonaws.com", "CreateInvalidation");
const WORKER = call("worker", "ASIATWO", "ec2.amazonaws.com", "DescribeInstances", { provider: "none" });

function written(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

async function read(...files: readonly string[]) {
  const listed = listFiles(files);
  return readLogs({ files: listed.files, count: listed.files.length, bytes: listed.bytes }, INTEREST);
}

const log = (...records: readonly unknown[]): string => JSON.stringify({ Records: records });

describe("what is read", () => {
  test.each([
    ["CloudTrail's file", "one.json", log(DEPLOY, WORKER, INVALIDATE)],
    ["the same compressed", "one.json.gz", gzipSync(log(DEPLOY, WORKER, INVALIDATE))],
    [
      "the same with white space",
      "spaced.json",
      JSON.stringify({ Records: [DEPLOY, WORKER, INVALIDATE] }, null, 2),
    ],
    ["JSON Lines", "lines.jsonl", [DEPLOY, WORKER, INVALIDATE].map((one) => JSON.stringify(one)).join("\n")],
    [
      "what `aws cloudtrail lookup-events` prints",
      "lookup.json",
      JSON.stringify({
        Events: [DEPLOY, WORKER, INVALIDATE].map((one) => ({
          EventId: "1",
          CloudTrailEvent: JSON.stringify(one),
        })),
        NextToken: "x",
      }),
    ],
  ])("%s", async (_, name, content) => {
    const { joined, notRead, filesRead } = await read(written(name, content));
    expect(notRead).toEqual([]);
    expect(filesRead).toBe(1);
    expect(joined.assumed).toMatchObject([
      { role: roleArn("website-deploy"), subject: subject("alice"), count: 1 },
    ]);
    expect(joined.called).toMatchObject([
      { name: "CreateInvalidation", count: 1, assumed: { subject: subject("alice") } },
    ]);
    expect(joined.examined).toMatchObject([{ region: "us-east-1", category: "Management", count: 3 }]);
  });

  test("a call is joined to its assumption in a later file, and in CloudTrail's folders", async () => {
    written("bucket/AWSLogs/1_CloudTrail_eu-west-1_20261103T0900Z_a.json.gz", gzipSync(log(INVALIDATE)));
    written("bucket/AWSLogs/1_CloudTrail_us-east-1_20261103T1000Z_b.json.gz", gzipSync(log(DEPLOY)));
    const { joined } = await read(path.join(folder, "bucket"));
    expect(joined.called).toMatchObject([{ assumed: { subject: subject("alice") } }]);
  });
});

describe("an event that stands in several files counts once", () => {
  const id = (at: number) => `0000${String(at).padStart(4, "0")}-0000-4000-8000-000000000000`;
  const one = { ...DEPLOY, eventID: id(1) };
  const two = { ...INVALIDATE, eventID: id(2) };
  test("by its ID: in two files, twice in one, and before its assumption", async () => {
    const { joined } = await read(
      written("twice/a.json", log(two, one, one)),
      written("twice/b.json", log(one, two, { ...two, eventID: id(3) })),
    );
    expect(joined.assumed).toMatchObject([{ count: 1 }]);
    expect(joined.called).toMatchObject([{ count: 2, assumed: { subject: subject("alice") } }]);
  });
  test("another event with the same ID is not lost, and events without one all count", async () => {
    const other = { ...two, eventName: "GetDistribution" };
    const { joined } = await read(written("twice/c.json", log(one, two, other, INVALIDATE, INVALIDATE)));
    expect(joined.called.map(({ name, count }) => [name, count])).toEqual([
      ["CreateInvalidation", 3],
      ["GetDistribution", 1],
    ]);
  });
  test("what is remembered is bounded: the events before are forgotten", () => {
    const recent = new RecentEvents(1_000);
    const numbers = Array.from({ length: 5_000 }, (_, at) => at * 7_919);
    expect(numbers.filter((number) => recent.add(number))).toEqual(numbers);
    expect(numbers.slice(-1_000).filter((number) => recent.add(number))).toEqual([]);
    expect(recent.add(0)).toBe(true);
  });
});

describe("what is not read is named, and nothing of it counts", () => {
  const TRUNCATED = gzipSync(log(DEPLOY, INVALIDATE)).subarray(0, -20);
  const DIGEST = JSON.stringify({ awsAccountId: "1", digestStartTime: "2026-11-03T10:00:00Z", logFiles: [] });
  const INSIGHT = log({
    eventVersion: "1.07",
    eventTime: "2026-11-03T10:00:00Z",
    eventType: "AwsCloudTrailInsight",
  });
  test.each([
    ["truncated.json.gz", TRUNCATED, /ends too early/],
    ["cut.json", log(DEPLOY, INVALIDATE).slice(0, -3), /ends too early|not valid JSON/],
    ["other.json", '{"a":[1]}', /no eventTime/],
    ["text.json", "hello", /not JSON/],
    ["time.json", log({ ...DEPLOY, eventTime: "yesterday" }), /eventTime is "yesterday"/],
    ["zone.json", log({ ...WORKER, eventTime: "2026-11-03T10:00:00+0100" }), /not a time in UTC/],
    ["empty.json", "", /empty/],
    [
      "damaged.json.gz",
      Buffer.concat([gzipSync(log(DEPLOY)).subarray(0, 60), Buffer.alloc(99, 7)]),
      /damaged|early/,
    ],
  ])("%s", async (name, content, reason) => {
    const file = written(name, content);
    const { joined, notRead, filesRead } = await read(file);
    expect(notRead).toMatchObject([{ name: file, reason: expect.stringMatching(reason) }]);
    expect(filesRead).toBe(0);
    expect([joined.assumed, joined.examined]).toEqual([[], []]);
  });
  test.each([
    ["digest.json.gz", gzipSync(DIGEST), /digest/],
    ["insight.json.gz", gzipSync(INSIGHT), /Insights/],
  ])("%s holds no calls", async (name, content, reason) => {
    const { notRead, withoutEvents } = await read(written(name, content));
    expect(notRead).toEqual([]);
    expect(withoutEvents).toMatchObject([{ reason: expect.stringMatching(reason) }]);
  });
});

test("the quick reader says what the exact one says, or nothing, wherever a text is cut", () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.constantFrom(
      { eventVersion: "1", userIdentity: { type: "AssumedRole", arn: ":assumed-role/website-deploy/x" } },
      [{ eventVersion: "9" }, { eventVersion: "8", eventTime: "2020-01-01T00:00:00Z" }],
      { readOnly: true, after: '"readOnly":true' },
      { eventCategory: "Data", recipientAccountId: "999999999999", awsRegion: "x", eventTime: "y" },
      ',{"eventVersion":"1.11"',
      '\u{1F600} é \\ " ]}',
    ),
  );
  const record = fc.oneof(
    fc.constant(DEPLOY),
    hostile.map((parameters) =>
      call("website-deploy", "ASIAONE", "ecs.amazonaws.com", "UpdateService", { parameters }),
    ),
    hostile.map((parameters) =>
      call("worker", "ASIATWO", "ec2.amazonaws.com", "RunInstances", { parameters, provider: "none" }),
    ),
    hostile.map((sub) => assumption(JSON.stringify(sub), "other", "ASIATHREE", { provider: "example.com" })),
  );
  const wanted = wantedOf(INTEREST);
  const through = (kind: typeof Scanner | typeof ExactReader, bytes: Buffer, step: number) => {
    const tally = new Tally();
    const reader = new kind(wanted, tally);
    for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step));
    reader.end();
    return tally.result();
  };
  let quick = 0;
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(record, fc.boolean()).map(([one, readOnly]) => ({ ...one, readOnly })),
        { minLength: 1, maxLength: 6 },
      ),
      fc.integer({ min: 1, max: 3_000 }),
      (records, step) => {
        const bytes = Buffer.from(log(...records));
        const exact = through(ExactReader, bytes, step);
        try {
          const found = through(Scanner, bytes, step);
          expect(found).toEqual(exact);
          quick += 1;
        } catch (error) {
          if (!(error instanceof NotAsWritten)) throw error;
        }
      },
    ),
    { numRuns: process.env.LONG === "1" ? 5_000 : 100 },
  );
  expect(quick).toBeGreaterThan(0);
});
