import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { examineAssumptions } from "../../lib/watch/examine-assumptions";
import { recordAfter } from "../../lib/watch/record/record";
import { access, assumption, subject } from "../usage/records";

const ACCESS = access();
const AT = "2026-11-04T00:00:00Z";
const [main] = ACCESS.accounts;
const folder = mkdtempSync(path.join(tmpdir(), "watch-"));
afterAll(() => rmSync(folder, { recursive: true }));

function examined(records: readonly unknown[], until?: string) {
  if (main === undefined) throw new Error("a file with an account");
  const log = path.join(folder, "log.json");
  writeFileSync(log, JSON.stringify({ Records: records }));
  const run = { account: main.id, at: until ?? AT, told: [], observed: {}, isPartial: false };
  const record =
    until === undefined ? undefined : recordAfter(undefined, { ...run, assumptionsUntil: until });
  return examineAssumptions(ACCESS, main, { events: [log], at: AT, record });
}

const deploy = (user: Parameters<typeof subject>[0], ref?: string, origin?: string, said = {}) =>
  assumption(subject(user, ref, origin), "website-deploy", "ASIAONE", said);

test("who has a grant is no stranger; who has none is, whether AWS let them in or not", async () => {
  const { strangers, notExamined } = await examined([
    deploy("alice"),
    deploy("alice", "refs/heads/hotfix"),
    deploy("mallory", "refs/heads/main", "github.com/mallory/website", { error: "AccessDenied" }),
    assumption(subject("bob"), "legacy", "ASIATWO"),
  ]);
  expect(strangers.map(({ kind, who, role }) => `${kind}: ${who}, ${role}`)).toEqual([
    "assumption: alice from hotfix of github.com/acme/website, website/deploy",
    expect.stringMatching(/^assumption: bob from main.*, arn:aws:iam::123456789012:role\/legacy$/),
    expect.stringMatching(
      /^denied: user 00000000.* from main of github\.com\/mallory\/website, website\/deploy$/,
    ),
  ]);
  expect(notExamined).toEqual([]);
});

test("the same attempt has one id, whenever it is made", async () => {
  const ids = await Promise.all(
    ["2026-11-03T10:00:00Z", "2026-11-03T11:00:00Z"].map(
      async (time) => (await examined([deploy("bob", "refs/heads/x", undefined, { time })])).strangers[0]?.id,
    ),
  );
  expect(ids[0]).toBe(ids[1]);
});

test("from a week ago on a first run, and from an hour before the end of the last one", async () => {
  const { assumptions } = await examined([deploy("alice")]);
  expect([assumptions.from, assumptions.until]).toEqual(["2026-10-28T00:00:00Z", AT]);
  const next = await examined([deploy("alice")], "2026-11-03T09:30:00Z");
  expect(next.assumptions.from).toBe("2026-11-03T08:30:00Z");
});

test("no record of the account is not examined, and no all-clear", async () => {
  const old = deploy("alice", undefined, undefined, { time: "2026-01-01T00:00:00Z" });
  const { strangers, notExamined } = await examined([old]);
  expect([strangers, notExamined.map(({ reason }) => reason)]).toEqual([
    [],
    [expect.stringMatching(/^no records of account 123456789012 since/)],
  ]);
});
