import { usageOf } from "../../lib/usage/answer/answer";
import { printUsage } from "../../lib/usage/print/text";
import { Gathered } from "../../lib/usage/sources/gathered";
import type { ReadLogs } from "../../lib/usage/sources/read-logs";
import { interestOf } from "../../lib/usage/trail/interest";
import type { Observed } from "../../lib/usage/trail/observed";
import { addEvent } from "../../lib/usage/trail/read-exactly";
import { wantedOf } from "../../lib/usage/trail/read-record";
import { Tally } from "../../lib/usage/trail/tally";
import { ACCESS_TEXT, ACCOUNT, access, assumption, call, PROVIDER, roleArn, subject } from "./records";

const ACCESS = access();

function readExactlyOf(records: readonly unknown[]): Observed {
  const tally = new Tally();
  for (const record of records) addEvent(record, wantedOf(interestOf(ACCESS)), tally);
  return tally.result();
}

function readOf(records: readonly unknown[], rest: Partial<ReadLogs> = {}): ReadLogs {
  const gathered = new Gathered();
  gathered.add(readExactlyOf(records));
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
    expect(deploy([BY_ALICE])?.never).toMatchObject({ people: ["bob", "carol"], refs: ["release/*"] });
    expect(deploy([BY_ALICE, BY_BOB])?.never).toMatchObject({ people: ["carol"], refs: [] });
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

describe("actions that were never called", () => {
  const never = (...calls: readonly unknown[]) => deploy([BY_ALICE, ...calls])?.never?.actions;
  const CALLS = [
    call("website-deploy", "ASIAONE", "cloudfront.amazonaws.com", "CreateInvalidation"),
    call("website-deploy", "ASIAONE", "ecr.amazonaws.com", "PutImage"),
    call("website-deploy", "ASIAONE", "ecr.amazonaws.com", "DeleteRepository", { error: "AccessDenied" }),
  ];
  test("of every policy of the role, by the pattern that allows them; what AWS denied was not used", () => {
    const found = never(...CALLS);
    expect(found?.unused.map(({ pattern }) => pattern)).toEqual(["ecr:*", "cloudfront:GetDistribution"]);
    expect(found?.unused[0]?.actions).toContain("ecr:DeleteRepository");
    expect(found?.unused[0]?.actions).not.toContain("ecr:PutImage");
    expect(found?.unknown).toEqual([]);
  });
  test("what trails do not record by default is never called unused, called or not", () => {
    const patterns = (found: ReturnType<typeof never>) => found?.notRecorded.map(({ pattern }) => pattern);
    expect(patterns(never())).toEqual(
      expect.arrayContaining(["s3:GetObject", "s3:PutObject", "s3:GetObjectTagging"]),
    );
    const data = call("website-deploy", "ASIAONE", "s3.amazonaws.com", "PutObject", { category: "Data" });
    expect(patterns(never(data))).not.toContain("s3:PutObject");
    for (const { actions } of never()?.unused ?? [])
      expect(actions.filter((one) => /^s3:.*Object|PassRole|TagResource/.test(one))).toEqual([]);
  });
  test("nothing is, where calls were not asked for, are not understood, or policies are not known", () => {
    expect(usage([BY_ALICE], { hasCalls: false }).roles[0]?.never).not.toHaveProperty("actions");
    const unheard = never(call("website-deploy", "ASIAONE", "ecr.amazonaws.com", "Unheard"));
    expect(unheard?.unused.map(({ pattern }) => pattern)).not.toContain("ecr:*");
    expect(unheard?.unknown).toEqual(["ecr:*: there are calls of ecr whose action is not known"]);
    const text = ACCESS_TEXT.replace(
      "bucket: acme-website\n",
      "policies: [arn:aws:iam::aws:policy/AdministratorAccess, arn:aws:iam::123456789012:policy/own]\n",
    );
    const own = access(text);
    const actions = usageOf(own, readOf([BY_ALICE])).roles[0]?.never?.actions;
    expect(actions?.unknown).toEqual([
      "arn:aws:iam::123456789012:policy/own: its contents are not known",
      "*: every service",
    ]);
  });
});

describe("an identity is what AWS verified, and nothing that a caller chose", () => {
  const OTHER = PROVIDER.replace("oidc.circleci.com/org", "token.example.com");
  test("a session's name is no person", () => {
    const named = {
      ...BY_ALICE,
      requestParameters: { roleArn: roleArn("website-deploy"), roleSessionName: "carol" },
    };
    expect(deploy([named])?.uses).toMatchObject([{ person: "alice" }]);
    const chained = {
      ...call("website-deploy", "ASIAONE", "sts.amazonaws.com", "AssumeRole"),
      requestParameters: { roleArn: roleArn("website-preview"), roleSessionName: "carol" },
      responseElements: { credentials: { accessKeyId: "ASIACHAIN" } },
    };
    const found = usage([
      BY_ALICE,
      chained,
      call("website-preview", "ASIACHAIN", "ecr.amazonaws.com", "PutImage"),
    ]);
    expect(found.foreign).toMatchObject([
      { why: "no-token", role: "website/preview", who: roleArn("website-deploy") },
    ]);
    expect(found.roles[1]).toMatchObject({
      role: "website/preview",
      uses: [],
      otherSessions: 1,
      calls: [{ people: [roleArn("website-deploy")] }],
    });
    expect(found.roles[0]?.calls).toMatchObject([{ name: "AssumeRole", people: ["alice"] }]);
    expect(found.never).toEqual({ roles: [], people: ["bob", "carol"] });
  });
  test("another provider's token names nobody, also if its subject reads like CircleCI's or like a name", () => {
    for (const sub of [subject("carol"), "carol"]) {
      const found = usage([
        assumption(sub, "website-deploy", "ASIASPOOF", { provider: OTHER }),
        call("website-deploy", "ASIASPOOF", "ecr.amazonaws.com", "PutImage", { provider: OTHER }),
        BY_ALICE,
      ]);
      expect(found.foreign).toMatchObject([{ why: "provider", who: `a token for "${sub}"` }]);
      expect(found.roles[0]?.calls).toMatchObject([{ people: [`a token for "${sub}"`] }]);
      expect(found.never?.people).toEqual(["bob", "carol"]);
    }
  });
  test("a token that AWS did not verify says so; a verified one that was denied does not", () => {
    const tried = (error: string) => assumption(subject("carol"), "website-deploy", undefined, { error });
    const found = usage([tried("InvalidIdentityToken"), tried("AccessDenied")]);
    expect(found.denied.map(({ error, isVerified }) => ({ error, isVerified }))).toEqual([
      { error: "InvalidIdentityToken", isVerified: false },
      { error: "AccessDenied", isVerified: true },
    ]);
    const text = printUsage(found, new Map()).replaceAll(/\s+/g, " ");
    expect(text).toContain("an unverified token that names carol from main of");
    expect(text).toMatch(/(?<!names) carol from main of \S+ → website\/deploy: AccessDenied/);
  });
});

test("a role of that name in a second account has its own uses and calls", () => {
  const second = ACCESS_TEXT.replace(
    "people:\n  alice",
    '  other: { id: "999999999999", region: us-east-1, state: { bucket: acme-other-state } }\npeople:\n  alice',
  )
    .replace("preview: { ", "preview: { account: other, name: website-deploy, ")
    .replace("people: [publishers, bob]", "account: main\n        people: [publishers, bob]");
  const own = access(second);
  const tally = new Tally();
  for (const record of [BY_ALICE, call("website-deploy", "ASIAONE", "ecr.amazonaws.com", "PutImage")])
    addEvent(record, wantedOf(interestOf(own)), tally);
  const gathered = new Gathered();
  gathered.add(tally.result());
  const found = usageOf(own, { joined: gathered.result(), filesRead: 1, notRead: [], withoutEvents: [] });
  expect(found.roles.map(({ role, uses, calls }) => [role, uses.length, calls.length])).toEqual([
    ["website/deploy", 1, 1],
    ["website/preview", 0, 0],
  ]);
});

test("a role that was created again under its name has the uses of both, and both IDs", () => {
  const withId = (id: string, time: string) => ({
    ...assumption(subject("alice"), "website-deploy", id, { time }),
    responseElements: { credentials: { accessKeyId: id }, assumedRoleUser: { assumedRoleId: `${id}:carol` } },
  });
  const found = deploy([
    withId("AROANEW", "2026-11-09T08:00:00Z"),
    withId("AROAOLD", "2026-11-03T08:00:00Z"),
  ]);
  expect(found?.uses).toMatchObject([{ person: "alice", count: 2 }]);
  expect(found?.ids).toMatchObject([
    { id: "AROAOLD", last: "2026-11-03T08:00:00Z" },
    { id: "AROANEW", first: "2026-11-09T08:00:00Z" },
  ]);
});

describe("grants with a period", () => {
  const dated = (bob: string) =>
    access(ACCESS_TEXT.replace("[publishers, bob]", `[publishers, { bob: { ${bob} } }]`));
  const found = (own: ReturnType<typeof access>, ...records: readonly unknown[]) =>
    usageOf(own, readOf(records)).roles[0];
  const byBob = assumption(subject("bob"), "website-deploy", "ASIATWO", { time: "2026-11-05T08:00:00Z" });
  test("a use before the end was granted; one after it was not", () => {
    expect(found(dated("until: 2026-11-06"), byBob)?.uses).toMatchObject([{ person: "bob", granted: "yes" }]);
    expect(found(dated("until: 2026-11-04"), byBob)?.uses).toMatchObject([{ person: "bob", granted: "no" }]);
  });
  test("access that begins after the last record is not called unused; one that began is", () => {
    expect(found(dated("from: 2026-12-01"), BY_ALICE)?.never).toMatchObject({
      people: ["carol"],
      notBegun: ["bob"],
    });
    expect(found(dated("from: 2026-11-01"), BY_ALICE)?.never).toMatchObject({
      people: ["bob", "carol"],
      notBegun: [],
    });
    const later = access(
      ACCESS_TEXT.replace("branches: [main, release/*]", "branches: [main]\n        from: 2026-12-01"),
    );
    expect(usageOf(later, readOf([{ ...BY_ALICE, requestParameters: {} }])).never?.roles).toEqual([
      "website/preview",
    ]);
    expect(found(later, { ...BY_ALICE, requestParameters: {} })?.never).toMatchObject({
      people: [],
      refs: [],
    });
  });
});

test("a person whom access.yaml renamed is the same one, by the user's ID", () => {
  const own = access(ACCESS_TEXT.replaceAll("alice", "alicia"));
  expect(usageOf(own, readOf([BY_ALICE])).roles[0]?.uses).toMatchObject([
    { person: "alicia", isKnown: true },
  ]);
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

describe("days without records", () => {
  const on = (day: string): unknown =>
    assumption(subject("alice"), "website-deploy", `K${day}`, { time: `2026-11-${day}T08:00:00Z` });
  const missing = (...days: readonly string[]) => usage(days.map(on)).covered[0]?.withoutRecords;

  test("between the first and the last are named; following days have none between them", () => {
    expect(missing("03", "04", "09", "11")).toEqual([
      { from: "2026-11-05", until: "2026-11-08" },
      { from: "2026-11-10", until: "2026-11-10" },
    ]);
    expect(missing("03", "04", "05")).toEqual([]);
  });

  test("are those of all files and kinds together", () => {
    const gathered = new Gathered();
    for (const day of ["05", "03"]) gathered.add(readExactlyOf([on(day)]));
    gathered.add(readExactlyOf([{ ...(on("04") as object), eventCategory: "Data" }]));
    const joined = gathered.result();
    const { covered } = usageOf(ACCESS, { ...readOf([]), joined });
    expect(covered).toMatchObject([{ categories: ["Data", "Management"], withoutRecords: [] }]);
  });

  test("are not told where only the first and the last time are known", () => {
    const gathered = new Gathered();
    const [one] = readExactlyOf([on("03")]).examined;
    if (one === undefined) throw new Error("nothing was examined");
    const { days, ...times } = one;
    expect(days).toEqual(["2026-11-03"]);
    gathered.add(readExactlyOf([on("03"), on("09")]));
    gathered.add({ assumed: [], sessions: [], called: [], elsewhere: 0, examined: [times] });
    const { covered } = usageOf(ACCESS, { ...readOf([]), joined: gathered.result() });
    expect(covered[0]).not.toHaveProperty("withoutRecords");
  });

  test("a time that is no time is no day", () => {
    const odd = { ...(on("05") as object), eventTime: "2026-99-99T08:00:00Z" };
    expect(usage([on("03"), on("06"), odd]).covered[0]?.withoutRecords).toEqual([
      { from: "2026-11-04", until: "2026-11-05" },
    ]);
  });
});

test("as text: what was examined comes first, and no line is wider than a terminal", () => {
  const text = printUsage(usage([BY_ALICE, BY_BOB]), new Map([["website", "github.com/acme/website"]]));
  expect(text).toMatch(
    /^Examined: 2 records in 1 file\n {2}123456789012 us-east-1: 2026-11-03 to 2026-11-05, 2 records \(Management\)\n {4}no records on 2026-11-04\n/,
  );
  expect(text).toContain("no data events");
  expect(text).toContain("website/deploy: assumed 2 times, last on 2026-11-05 08:00 UTC by bob from");
  expect(text).toContain("  never used by: carol");
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});
