import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ProjectError } from "../../lib/errors";
import { type Acceptance, inForce, notesOn, readAcceptFile, today } from "../../lib/project/acceptance";

const [ONE, OTHER] = ["finding-3f9c2a1b04de", "broader-0123456789ab"];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "accept-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string, isTermed?: boolean): readonly Acceptance[] {
  const file = path.join(folder, "accepted");
  writeFileSync(file, text);
  return readAcceptFile(file, isTermed).map((one) => ({ ...one, place: path.basename(one.place) }));
}

test("an ID with its expiry and its reason, which may contain #; comments and blank lines are ignored", () => {
  expect(
    read(`# why\n\n${ONE} until 2027-03-31 because of the migration, see #12\r\n${OTHER} # seen\n`),
  ).toEqual([
    { id: ONE, place: "accepted:3", until: "2027-03-31", reason: "of the migration, see #12" },
    { id: OTHER, place: "accepted:4" },
  ]);
});

test.each<[what: string, text: string]>([
  ["no id", "everything"],
  ["half an id", "finding-3f9c2a1b04d"],
  ["an expiry without a reason", `${ONE} until 2027-03-31`],
  ["an empty reason", `${ONE} until 2027-03-31 because `],
  ["a reason without an expiry", `${ONE} because we want it`],
  ["an invalid day", `${ONE} until 2027-02-30 because x`],
  ["another date format", `${ONE} until 31.3.2027 because x`],
  ["two ids on one line", `${ONE} ${OTHER}`],
  ["a duplicate id", `${ONE}\n${ONE}`],
])("%s is an error that names the line", (_, text) => {
  let found: unknown;
  try {
    read(text);
  } catch (error) {
    found = error;
  }
  expect(found).toBeInstanceOf(ProjectError);
  expect(found).toMatchObject({
    code: "accept-not-read",
    exitCode: 2,
    message: expect.stringMatching(/accepted:\d: /),
  });
});

test("if expiry and reason are required, an ID alone is an error", () => {
  expect(() => read(ONE, true)).toThrow("no end date");
  expect(read(`${ONE} until 2027-03-31 because x`, true)).toHaveLength(1);
});

test("an acceptance holds until the end of its last day", () => {
  const entry = { id: ONE, place: "f:1", until: "2027-03-31", reason: "x" };
  expect(inForce([entry], "2027-03-31")).toEqual({ accepted: [entry], expired: [] });
  expect(inForce([entry], "2027-04-01")).toEqual({ accepted: [], expired: [entry] });
  expect(inForce([{ id: ONE, place: "f:1" }], "9999-12-31").expired).toEqual([]);
});

test("expired acceptances and unknown IDs are reported", () => {
  const ended = { id: ONE, place: "f:1", until: "2026-01-01", reason: "x" };
  const given = { accepted: [{ id: OTHER, place: "f:2" }], expired: [ended] };
  expect(notesOn(given, [ONE], "this audit")).toEqual([
    `f:1: the acceptance of ${ONE} expired on 2026-01-01`,
    `f:2: ${OTHER} is accepted and not in this audit`,
  ]);
  expect(notesOn(given, [OTHER], "this audit")).toEqual([
    `f:1: the acceptance of ${ONE} expired on 2026-01-01; ${ONE} is not in this audit`,
  ]);
});

test("days are in UTC", () => {
  expect(today(Date.UTC(2026, 10, 29, 23, 59))).toBe("2026-11-29");
});
