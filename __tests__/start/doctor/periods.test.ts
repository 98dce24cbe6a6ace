import { auditAccess } from "../../../lib/audit/audit";
import { printAudit } from "../../../lib/audit/print";
import type { DatedEntry } from "../../../lib/config/model/model";
import { checkPeriods } from "../../../lib/start/doctor/checks/periods";
import { anAccess } from "../../fixtures/access";

const NEW_YEAR = "2027-01-01T00:00:00Z";
const list = ["projects", "website", "roles", "deploy", "people"];
const bob: DatedEntry = {
  kind: "member",
  path: [...list, "bob"],
  period: { end: NEW_YEAR },
  reason: "INC-123",
};
const check = (at: string, ...dated: readonly DatedEntry[]) =>
  checkPeriods(dated.length === 0 ? {} : { dated }, at).map(({ state, detail }) => `${state}: ${detail}`);

test("more than 14 days before the end, nothing is to do; a file without periods is not mentioned", () => {
  expect(check("2026-12-17T23:59:59Z", bob)).toEqual([
    "good: 1 entry has a period; none has ended, and none ends within 14 days",
  ]);
  expect(check(NEW_YEAR)).toEqual([]);
});

test("within 14 days it says when, from the end on that it has ended", () => {
  const where = "bob in projects.website.roles.deploy.people";
  expect(check("2026-12-18T00:00:00Z", bob)).toEqual([
    `wrong: ${where} ends in 14 days, on 31 December 2026 (INC-123)`,
  ]);
  expect(check("2026-12-29T00:00:00Z", bob)).toEqual([
    `wrong: ${where} ends in 3 days, on 31 December 2026 (INC-123)`,
  ]);
  expect(check("2026-12-31T23:59:59Z", bob)[0]).toContain("ends in less than an hour");
  expect(check(NEW_YEAR, bob)).toEqual([`wrong: ${where} ended on 31 December 2026 (INC-123)`]);
});

test("neither blocks a deploy", () => {
  expect(checkPeriods({ dated: [bob] }, NEW_YEAR)).toMatchObject([{ isHarmless: true }]);
});

test("audit says the same, and counts it as no finding", () => {
  const access = anAccess({ dated: [bob] });
  expect(printAudit(auditAccess(access, "access.yaml", NEW_YEAR))).toMatch(
    /^bob in .* ended on 31 December 2026 \(INC-123\); remove it: .*prune\n\n1 trust policy allows CircleCI, 0 findings$/,
  );
  expect(auditAccess(access, "access.yaml", "2026-01-01T00:00:00Z")).not.toHaveProperty("grants");
});
