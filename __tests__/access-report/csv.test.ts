import { cellOf, printReportAsCsv } from "../../lib/access-report/print/csv";
import { fileOf, ids, rolesOf } from "../config/sample";
import { AT, reportOn } from "./a-report";

const FILE = fileOf({
  people: `{ alice: ${ids.alice}, bob: ${ids.bob} }`,
  groups: "{ ops: [{ alice: { from: 2026-01-01, until: 2026-12-31, reason: '=cmd|calc' } }] }",
  projects: rolesOf({
    deploy:
      "{ people: [ops], branches: [main, 'release/*'], policies: ['arn:aws:iam::aws:policy/AdministratorAccess'] }",
  }),
});

test("a line for each person, role and ref; a person without access has one, too", () => {
  const [head = "", main = "", release, bob = "", ...rest] = printReportAsCsv(reportOn(FILE)).split("\r\n");
  const cells = Object.fromEntries(head.split(",").map((name, at) => [name, main.split(",")[at]]));
  expect(cells).toEqual({
    at: AT,
    person: "alice",
    person_id: ids.alice,
    role: "website/deploy",
    iam_role: "website-deploy",
    role_arn: "arn:aws:iam::123456789012:role/website-deploy",
    account: "main",
    account_id: "123456789012",
    repository: "github.com/acme/website",
    ref_kind: "branch",
    ref: "main",
    granted_by: "list",
    groups: "ops",
    state: "in-force",
    starts: "2026-01-01T00:00:00Z",
    ends: "2027-01-01T00:00:00Z",
    reasons: "'=cmd|calc",
    since: "",
    since_kind: "not-examined",
    commit: "",
    author: "",
    pull_request: "",
    last_used: "",
    last_used_kind: "not-examined",
    risk_classes: "administrator",
  });
  expect(release).toContain(",branch,release/*,");
  expect(bob).toMatch(new RegExp(`^${AT},bob,${ids.bob},,+no-access,,+$`));
  expect(rest).toEqual([""]);
});

test("people whom the file does not name have lines of everyone's roles", () => {
  const text = fileOf({ projects: rolesOf({ preview: "{ people: everyone, branches: any }" }) });
  expect(
    printReportAsCsv(reportOn(text))
      .split("\r\n")
      .map((line) => line.split(",").slice(1, 4).join()),
  ).toEqual([
    "person,person_id,role",
    `alice,${ids.alice},website/preview`,
    `bob,${ids.bob},website/preview`,
    "(everyone else),,website/preview",
    "",
  ]);
});

test.each([
  ["=1+1", "'=1+1"],
  ["  @SUM(A1)", "' @SUM(A1)"],
  ["＝1", "'＝1"],
  ["-2", "'-2"],
  ["main", "main"],
  ["a=b", "a=b"],
  ['say "hi", bob', '"say ""hi"", bob"'],
  ["line\r\n=two", "line =two"],
  ["\u001b[31mred\u202e", "\ufffd[31mred\ufffd"],
])("a cell that is not plain text: %j", (value, cell) => {
  expect(cellOf(value)).toBe(cell);
});
