import { usageOf } from "../../lib/usage/answer/answer";
import { lastUse } from "../../lib/usage/answer/last-use";
import { printUsage } from "../../lib/usage/print/text";
import { Gathered } from "../../lib/usage/sources/gathered";
import type { ReadLogs } from "../../lib/usage/sources/read-logs";
import { interestOf } from "../../lib/usage/trail/interest";
import { addEvent } from "../../lib/usage/trail/read-exactly";
import { wantedOf } from "../../lib/usage/trail/read-record";
import { Tally } from "../../lib/usage/trail/tally";
import { ACCOUNT, access, assumption, call, PROVIDER, roleArn, subject } from "./records";

const ACCESS = access();

function readOf(records: readonly unknown[], rest: Partial<ReadLogs> = {}): ReadLogs {
  const tally = new Tally();
  for (const record of records) addEvent(record, wantedOf(interestOf(ACCESS)), tally);
  const gathered = new Gathered();
  gathered.add(tally.result());
  return { joined: gathered.result(), filesRead: 1, notRead: [], withoutEvents: [], ...rest };
}

const usage = (records: readonly unknown[], rest?: Partial<ReadLogs>) =>
  usageOf(ACCESS, readOf(records, rest));
const deploy = (...given: Parameters<typeof usage>) =>
  usage(...given).roles.find(({ role }) => role === "website/deploy");

const BY_ALICE = assumption(subject("alice"), "website-deploy", "ASIAONE");
const BY_BOB = assumption(subject("bob", "refs/heads/release/1.2"), "website-deploy", "ASIATWO", {
  time: "2026-11-05T08:00:00Z",
});

describe("who, when, from where, how often", () => {
  test("subjects are people and refs of access.yaml; the last comes first", () => {
    expect(deploy([BY_ALICE, BY_ALICE, BY_BOB])?.uses).toMatchObject([
      { person: "bob", ref: "release/1.2", count: 1, last: "2026-11-05T08:00:00Z", granted: "yes" },
      { person: "alice", ref: "main", count: 2, granted: "yes" },
    ]);
  });
  test("a use that access.yaml does not grant (any more) says so", () => {
    const gone = assumption(subject("alice", "refs/heads/hotfix"), "website-deploy", "ASIAONE");
    expect(deploy([gone])?.uses).toMatchObject([{ ref: "hotfix", granted: "no" }]);
  });
  test("a role under a path is the same role; one of that name in another account is not", () => {
    const elsewhere = {
      ...BY_BOB,
      requestParameters: { roleArn: "arn:aws:iam::999999999999:role/website-deploy" },
    };
    const found = usage([assumption(subject("alice"), "team/website-deploy", "K"), elsewhere]);
    expect(found.roles.map(({ uses }) => uses.length)).toEqual([1, 0]);
    expect(found.foreign).toMatchObject([
      { why: "role", role: "arn:aws:iam::999999999999:role/website-deploy" },
    ]);
  });
});

test("calls belong to who opened the session, by its access key; denied ones are apart", () => {
  const calls = deploy([
    BY_ALICE,
    call("website-deploy", "ASIAONE", "cloudfront.amazonaws.com", "CreateInvalidation"),
    call("website-deploy", "ASIAOLD", "lambda.amazonaws.com", "UpdateFunctionCode20150331v2"),
    call("website-deploy", "ASIAONE", "iam.amazonaws.com", "CreateUser", { error: "AccessDenied" }),
    call("website-deploy", "ASIAONE", "new.amazonaws.com", "Unheard"),
  ])?.calls;
  expect(calls).toMatchObject([
    {
      name: "CreateInvalidation",
      actions: ["cloudfront:CreateInvalidation"],
      people: ["alice"],
      denied: false,
    },
    { name: "CreateUser", denied: true },
    { name: "Unheard" },
    { actions: ["lambda:UpdateFunctionCode"], people: ["a session whose assumption is not in the records"] },
  ]);
  expect(calls?.[2]?.actions).toBeUndefined();
});

describe("never used", () => {
  test("people, refs and roles without a use in covered accounts", () => {
    const found = usage([BY_ALICE]);
    expect(found.never).toEqual({ roles: ["website/preview"], people: ["bob", "carol"] });
    expect(deploy([BY_ALICE])?.never).toEqual({ people: ["bob", "carol"], refs: ["release/*"] });
    expect(deploy([BY_ALICE, BY_BOB])?.never).toEqual({ people: ["carol"], refs: [] });
  });
  test.each([
    ["no records of the account", [], {}, /no records of account/],
    ["no records of the region", [{ ...BY_ALICE, awsRegion: "eu-west-1" }], {}, /no records of us-east-1/],
    ["a file was not read", [BY_ALICE], { notRead: [{ name: "x", reason: "y" }] }, /1 file was not read/],
  ])("nothing is called unused where %s", (_, records, rest, why) => {
    const found = usage(records, rest);
    expect(found.never).toBeUndefined();
    for (const { never, notJudged } of found.roles) {
      expect(never).toBeUndefined();
      expect(notJudged).toContainEqual(expect.stringMatching(why));
    }
  });
});

describe("the last use of a role and a person", () => {
  const found = usage([BY_ALICE, BY_BOB]);
  test("with its time, person and ref", () => {
    expect(lastUse(found, { role: "website/deploy" })).toEqual({
      kind: "used",
      time: "2026-11-05T08:00:00Z",
      count: 2,
      role: "website/deploy",
      person: "bob",
      ref: "release/1.2",
    });
    expect(lastUse(found, { person: "alice" })).toMatchObject({ time: "2026-11-03T10:00:00Z", ref: "main" });
  });
  test("never, with the covered period; and why it is not known", () => {
    const period = { first: "2026-11-03T10:00:00Z", last: "2026-11-05T08:00:00Z" };
    expect(lastUse(found, { role: "website/preview" })).toEqual({ kind: "never", ...period });
    expect(lastUse(found, { role: "website/deploy", person: "carol" })).toEqual({ kind: "never", ...period });
    expect(lastUse(undefined, { person: "alice" })).toMatchObject({
      kind: "not-examined",
      reason: "no CloudTrail records were read",
    });
    expect(lastUse(usage([]), { person: "alice" })).toMatchObject({
      kind: "not-examined",
      reason: "no records of account 123456789012",
    });
    expect(lastUse(found, { role: "website/other" })).toMatchObject({ kind: "not-examined" });
  });
});

test("denied attempts name the person, the ref and AWS's code, and are no use", () => {
  const denied = assumption(subject("mallory"), "website-deploy", undefined, { error: "AccessDenied" });
  const found = usage([denied, denied]);
  expect(found.denied).toMatchObject([
    {
      role: "website/deploy",
      person: expect.stringMatching(/^user 0000/),
      ref: "main",
      error: "AccessDenied",
      count: 2,
      granted: "no",
    },
  ]);
  expect(found.roles.flatMap(({ uses }) => uses)).toEqual([]);
});

test("what no policy of access.yaml explains: another role, another provider, no token", () => {
  const other = `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.circleci.com/org/99999999-0d5b-4a52-9e7d-0c6f0b7a1d11`;
  const chained = {
    ...BY_ALICE,
    eventName: "AssumeRole",
    userIdentity: { type: "IAMUser", arn: `arn:aws:iam::${ACCOUNT}:user/eve` },
  };
  const found = usage([
    assumption(subject("alice"), "by-hand", "K1"),
    assumption(subject("bob"), "website-deploy", "K2", { provider: other }),
    chained,
    assumption("repo:acme/website:ref:refs/heads/main", "pods", "K3", {
      provider: PROVIDER.replace(/oidc\.circleci.*/, "oidc.eks.example"),
    }),
  ]);
  expect(found.foreign).toMatchObject([
    { why: "role", role: roleArn("by-hand"), who: "alice from main of github.com/acme/website" },
    { why: "provider", role: "website/deploy", provider: other },
    { why: "no-token", role: "website/deploy", who: `arn:aws:iam::${ACCOUNT}:user/eve` },
  ]);
  expect(found.elsewhere).toBe(1);
  expect(deploy([BY_ALICE])?.uses).toHaveLength(1);
});

test("as text: what was examined comes first, and no line is wider than a terminal", () => {
  const text = printUsage(usage([BY_ALICE, BY_BOB]), new Map([["website", "github.com/acme/website"]]));
  expect(text).toMatch(
    /^Examined: 2 records in 1 file\n {2}123456789012 us-east-1: 2026-11-03 to 2026-11-05/,
  );
  expect(text).toContain("no data events");
  expect(text).toContain("website/deploy: assumed 2 times, last on 2026-11-05 08:00 UTC by bob from");
  expect(text).toContain("  never used by: carol");
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});
