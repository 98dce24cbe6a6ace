import { changedByTime } from "../../lib/access-report/compare/by-time";
import { compareFiles } from "../../lib/access-report/compare/compare-files";
import { grantedRoles } from "../../lib/access-report/model/granted-roles";
import { readAccessFile } from "../../lib/config/load";
import { awsPolicies } from "../../lib/project/aws-data";
import { fileOf, rolesOf } from "../config/sample";

const read = (deploy: string) => readAccessFile(fileOf({ projects: rolesOf({ deploy }) }), "access.yaml");
const ALICE = read("{ people: [alice], branches: [main] }");
const BOTH = read("{ people: [alice, bob], branches: [main] }");

const relations = (before: typeof ALICE, after: typeof ALICE) =>
  compareFiles(before.access, after.access, awsPolicies).access.map(({ relation }) => relation);

test("what a version grants more or less is told as a review tells it; the same file is no change", () => {
  expect(relations(ALICE, BOTH)).toEqual(["broader"]);
  expect(relations(BOTH, ALICE)).toEqual(["narrower"]);
  expect(relations(BOTH, BOTH)).toEqual([]);
});

test("a person who left the file is called by name", () => {
  const left = readAccessFile(
    fileOf({
      people: "{ alice: 0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01 }",
      projects: rolesOf({ deploy: "{ people: [alice], branches: [main] }" }),
    }),
    "access.yaml",
  );
  expect(JSON.stringify(compareFiles(BOTH.access, left.access, awsPolicies).access)).toContain('"bob"');
});

test("what time alone began or ended between two moments; an access with a new end is the review's", () => {
  const dated = read(
    "{ people: [alice, { bob: { from: 2026-02-01, until: 2026-06-30 } }], branches: [main] }",
  );
  const at = (moment: string) => ({ at: moment, roles: grantedRoles(dated.access, dated.file) });
  const changes = (from: string, to: string) =>
    changedByTime(at(from), at(to)).map(({ who, change }) => [who.kind === "person" ? who.name : "", change]);
  expect(changes("2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z")).toEqual([["bob", "began"]]);
  expect(changes("2026-06-30T23:59:59Z", "2026-07-01T00:00:00Z")).toEqual([["bob", "ended"]]);
  expect(changes("2026-02-01T00:00:00Z", "2026-06-30T23:59:59Z")).toEqual([]);
});
