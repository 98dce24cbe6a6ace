import { type AuditResult, failsOn, withAcceptances } from "../../lib/audit/audit";
import { printAudit, printAuditAsJson } from "../../lib/audit/print";
import { printSarif } from "../../lib/audit/sarif";
import { everyProject, Inputs, ORG, trust } from "./a-file";

let inputs: Inputs;
beforeEach(() => {
  inputs = new Inputs();
});
afterEach(() => inputs.remove());

const roles = (...named: readonly (readonly [string, object])[]) => ({
  Roles: named.map(([RoleName, AssumeRolePolicyDocument]) => ({ RoleName, AssumeRolePolicyDocument })),
});
const ids = ({ findings }: AuditResult) => findings.map(({ acceptId }) => acceptId);
const accepting = (result: AuditResult) =>
  withAcceptances(
    result,
    ids(result).map((id) => ({ id, place: "f:1", until: "2027-03-31", reason: "the migration" })),
  );

test("an accepted finding fails no gate, and is shown with its reason and expiry", () => {
  const result = inputs.audit(roles(["site", everyProject]));
  expect(failsOn(result, "low")).toBe(true);
  const accepted = accepting(result);
  expect(failsOn(accepted, "low")).toBe(false);
  expect(printAudit(accepted)).toContain("accepted until 2027-03-31: the migration");
  expect(printAudit(accepted)).toContain("2 findings accepted");
  expect(JSON.parse(printAuditAsJson(accepted)).findings[0]).toMatchObject({
    acceptId: expect.stringMatching(/^finding-[0-9a-f]{12}$/),
    accepted: { until: "2027-03-31", reason: "the migration" },
  });
  expect(JSON.parse(printSarif(accepted)).runs[0].results[0].suppressions).toEqual([
    { kind: "external", status: "accepted", justification: "the migration (until 2027-03-31)" },
  ]);
});

test("accepting one of two findings leaves the other", () => {
  const result = inputs.audit(roles(["site", everyProject]));
  const [first = ""] = ids(result);
  const accepted = withAcceptances(result, [{ id: first, place: "f:1", until: "2027-03-31", reason: "x" }]);
  expect([failsOn(accepted, "high"), failsOn(accepted, "medium")]).toEqual([false, true]);
});

test("an undetermined policy can be accepted; an incomplete input cannot", () => {
  const undecided = inputs.audit({ Roles: [{ RoleName: "later" }] });
  expect([failsOn(undecided, "high"), failsOn(accepting(undecided), "high")]).toEqual([true, false]);
  const page = inputs.audit({ ...roles(["site", everyProject]), IsTruncated: true });
  expect(failsOn(accepting(page), "high")).toBe(true);
});

describe("an id", () => {
  test("is the same in another order, another format and another file", () => {
    const list = ids(inputs.audit(roles(["other", everyProject], ["site", everyProject])));
    const alone = ids(
      inputs.audit({ Role: { RoleName: "site", AssumeRolePolicyDocument: everyProject } }, "b.json"),
    );
    const plan = ids(
      inputs.audit({
        format_version: "1.2",
        planned_values: {
          root_module: {
            resources: [
              {
                address: "aws_iam_role.r",
                type: "aws_iam_role",
                values: { name: "site", assume_role_policy: JSON.stringify(everyProject) },
              },
            ],
          },
        },
      }),
    );
    expect(plan).toEqual(alone);
    expect(list).toEqual(expect.arrayContaining([...alone]));
  });

  test("differs for another role, account or pattern", () => {
    const of = (name: string, document: object) => ids(inputs.audit(roles([name, document])));
    const site = of("site", everyProject);
    const elsewhere = JSON.parse(JSON.stringify(everyProject).replace("123456789012", "210987654321"));
    for (const other of [of("shop", everyProject), of("site", elsewhere)])
      expect(site.filter((id) => other.includes(id))).toEqual([]);
    const past = (owner: string) =>
      of(
        "site",
        trust(`org/${ORG}/project/*/user/*/vcs-origin/github.com/${owner}/*/vcs-ref/refs/heads/main`),
      );
    expect(past("acme")[1]).not.toEqual(past("other")[1]);
  });

  test("of a sensitive policy contains nothing of the policy", () => {
    const plan = (document: object) =>
      inputs.audit({
        format_version: "1.2",
        planned_values: {
          root_module: {
            resources: [
              {
                address: "aws_iam_role.r",
                type: "aws_iam_role",
                values: { name: "site", assume_role_policy: JSON.stringify(document) },
                sensitive_values: { assume_role_policy: true },
              },
            ],
          },
        },
      });
    const other = "11111111-2222-4333-8444-555555555555";
    const [one, two] = [everyProject, JSON.parse(JSON.stringify(everyProject).replaceAll(ORG, other))].map(
      plan,
    );
    expect(one === undefined ? [] : ids(one)).toEqual(two === undefined ? [] : ids(two));
  });
});
