import { refName, whoName } from "../../lib/access-report/print/rows";
import { lastUsesOf } from "../../lib/access-report/read/last-uses";
import { usageOf } from "../../lib/usage/answer/answer";
import { Gathered } from "../../lib/usage/sources/gathered";
import { interestOf } from "../../lib/usage/trail/interest";
import { addEvent } from "../../lib/usage/trail/read-exactly";
import { wantedOf } from "../../lib/usage/trail/read-record";
import { Tally } from "../../lib/usage/trail/tally";
import { ACCESS_TEXT, access, assumption, subject } from "../usage/records";
import { reportOn } from "./a-report";

function lastUsesIn(records: readonly unknown[], text = ACCESS_TEXT): ReadonlyMap<string, unknown> {
  const own = access(text);
  const tally = new Tally();
  for (const record of records) addEvent(record, wantedOf(interestOf(own)), tally);
  const gathered = new Gathered();
  gathered.add(tally.result());
  const read = { joined: gathered.result(), filesRead: 1, notRead: [], withoutEvents: [] };
  const report = reportOn(text, { lastUses: lastUsesOf(usageOf(own, read)) });
  return new Map(
    report.roles.flatMap((role) =>
      role.access.map((one) => [`${whoName(one)} ${one.role} ${refName(one)}`, one.lastUsed] as const),
    ),
  );
}

test("the last use of each person, role and ref; of the nearest other one there is none", () => {
  const found = lastUsesIn([
    assumption(subject("bob", "refs/heads/release/1.2"), "website-deploy", "A", {
      time: "2026-11-05T08:00:00Z",
    }),
    assumption(subject("bob", "refs/heads/main"), "website-preview", "B", { time: "2026-11-06T08:00:00Z" }),
    assumption(subject("mallory", "refs/heads/x"), "website-preview", "C", { time: "2026-11-07T08:00:00Z" }),
    // A fork's code: not from the ref of the project's repository.
    assumption(subject("alice", "refs/heads/main", "github.com/mallory/website"), "website-deploy", "D"),
  ]);
  expect(found.get("bob website/deploy release/*")).toEqual({
    kind: "used",
    last: "2026-11-05T08:00:00Z",
    count: 1,
    ref: "release/1.2",
  });
  expect(found.get("bob website/deploy main")).toEqual({ kind: "never" });
  expect(found.get("alice website/deploy main")).toEqual({ kind: "never" });
  expect(found.get("bob website/preview any ref")).toMatchObject({ kind: "used", ref: "main" });
  expect(found.get("everyone else who can start a pipeline website/preview any ref")).toMatchObject({
    kind: "used",
    last: "2026-11-07T08:00:00Z",
  });
});

test("without records of the account nothing is called never used", () => {
  expect(lastUsesIn([]).get("bob website/deploy main")).toEqual({
    kind: "not-judged",
    why: ["no records of account 123456789012"],
  });
});

test("access that begins after the last record is not called never used; one that has begun is", () => {
  const byAlice = assumption(subject("alice"), "website-deploy", "A", { time: "2026-11-05T08:00:00Z" });
  const notBegun = { kind: "not-judged", why: ["the access begins after the last record"] };
  const ofBob = (from: string) =>
    lastUsesIn([byAlice], ACCESS_TEXT.replace(", bob]", `, { bob: { from: ${from} } }]`));
  expect(ofBob("2026-11-06").get("bob website/deploy main")).toEqual(notBegun);
  expect(ofBob("2026-11-06").get("carol website/deploy main")).toEqual({ kind: "never" });
  expect(ofBob("2026-11-04").get("bob website/deploy main")).toEqual({ kind: "never" });
  const ofEveryone = (from: string) =>
    lastUsesIn([byAlice], ACCESS_TEXT.replace("branches: any", `branches: any, from: ${from}`));
  expect(ofEveryone("2026-11-06").get("bob website/preview any ref")).toEqual(notBegun);
  expect(ofEveryone("2026-11-04").get("bob website/preview any ref")).toEqual({ kind: "never" });
});
