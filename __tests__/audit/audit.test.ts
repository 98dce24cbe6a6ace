import { readFileSync } from "node:fs";
import path from "node:path";
import { auditAccess, auditInputs, failsOn } from "../../lib/audit/audit";
import { readInputs } from "../../lib/audit/inputs/read-inputs";
import { printAudit, printAuditAsJson } from "../../lib/audit/print";
import { printSarif } from "../../lib/audit/sarif";
import { FINDINGS } from "../../lib/iam/audit/core/finding";
import { repositoryRoot } from "../../lib/programs/cache";
import { readAccess } from "../../lib/project/read-access";
import { aGrant, anAccess, anyRef, anyRefOrNone, aProject, aRole, everyone } from "../fixtures/access";
import { audit, foundIn, Inputs } from "./a-file";

const EXAMPLE = path.join(repositoryRoot, "examples", "branch-pin", "trust-policy.json");
const pinned: object = JSON.parse(readFileSync(EXAMPLE, "utf8"));

let inputs: Inputs;
beforeEach(() => {
  inputs = new Inputs();
});
afterEach(() => inputs.remove());

const fileWith = (content: unknown, name?: string): string => inputs.write(content, name);

test("the roles of this project's example have no finding", () => {
  const file = path.join(repositoryRoot, "examples", "talk", "access.yaml");
  expect(foundIn(auditAccess(readAccess(file), file))).toEqual({ found: [], audited: 2, others: 0 });
});

test("a role in access.yaml with tokensWithoutOrigin has a finding that explains the risk", () => {
  const roles = aProject({
    roles: [
      aRole({ key: "preview", name: "preview", grant: aGrant({ people: everyone, refs: anyRef }) }),
      aRole({ key: "nightly", name: "nightly", grant: aGrant({ people: everyone, refs: anyRefOrNone }) }),
    ],
  });
  const result = auditAccess(anAccess({ projects: [roles] }), "access.yaml");
  expect(foundIn(result)).toEqual({ found: ["nightly tokens-without-origin"], audited: 2, others: 0 });
  expect(printAudit(result)).toContain("code from any repository, including forks");
  expect([failsOn(result, "high"), failsOn(result, "medium")]).toEqual([false, true]);
});

test("a gate fails on findings of its severity or higher", () => {
  const result = audit(EXAMPLE);
  const medium = { ...result, findings: result.findings.filter(({ severity }) => severity === "medium") };
  expect([failsOn(result, "high"), failsOn(medium, "high")]).toEqual([true, false]);
  expect([
    failsOn(medium, "medium"),
    failsOn(medium, "low"),
    failsOn({ ...result, findings: [] }, "low"),
  ]).toEqual([true, true, false]);
});

describe("output", () => {
  test("for people: the branch that bypasses the pin, and the finding's help", () => {
    const text = printAudit(audit(EXAMPLE));
    expect(text).toContain("a job on vcs-ref/refs/heads/main of github.com/acme/x");
    expect(text).toContain("docs/findings.md#wildcard-past-field");
  });

  test("for a role that allows no token: the mistake, the correction, and a separate count", () => {
    const wrong = JSON.parse(
      readFileSync(EXAMPLE, "utf8").replace("sts:AssumeRoleWithWebIdentity", "sts:AssumeRole"),
    );
    const federatingUrl = JSON.parse(
      readFileSync(EXAMPLE, "utf8").replace(/arn:aws:iam::[0-9]*:oidc-provider\//, "https://"),
    );
    const result = audit(fileWith(wrong));
    expect(foundIn(result)).toMatchObject({ audited: 0, others: 0 });
    expect(result).toMatchObject({ lettingNobodyIn: 1, otherIssuers: 0, notDecided: 0 });
    const text = printAudit(result);
    expect(text).toContain("MEDIUM wrong-action");
    expect(text).toMatch(
      /\n\n0 trust policies allow CircleCI, 1 finding; 1 role names CircleCI but allows none of its tokens$/,
    );
    const Roles = [wrong, federatingUrl, pinned].map((AssumeRolePolicyDocument, at) => ({
      RoleName: `role-${at}`,
      AssumeRolePolicyDocument,
    }));
    const several = audit(fileWith({ Roles }));
    expect(several).toMatchObject({ audited: 1, lettingNobodyIn: 2, otherIssuers: 0 });
    expect(printAudit(several)).toContain("; 2 roles name CircleCI but allow none of its tokens");
    const sarif = JSON.parse(printSarif(result));
    expect(sarif.runs[0].results[0]).toMatchObject({ ruleId: "wrong-action", level: "warning" });
  });

  test("for programs", () => {
    expect(JSON.parse(printAuditAsJson(audit(EXAMPLE)))).toMatchObject({
      findings: [
        { id: "wildcard-past-field", severity: "high", help: "docs/findings.md#wildcard-past-field" },
        {},
      ],
      audited: 1,
    });
  });

  test("as SARIF: the required fields, the line, and the same bytes for the same findings", () => {
    const inputs = readInputs([EXAMPLE]);
    const text = printSarif(auditInputs(inputs), inputs.sources);
    expect(printSarif(auditInputs(inputs), inputs.sources)).toBe(text);
    const { version, runs } = JSON.parse(text);
    expect(version).toBe("2.1.0");
    const [{ tool, results }] = runs;
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(Object.keys(FINDINGS));
    const line =
      readFileSync(EXAMPLE, "utf8")
        .split("\n")
        .findIndex((one) => one.includes('"org/')) + 1;
    expect(results[0]).toMatchObject({
      ruleId: "wildcard-past-field",
      ruleIndex: tool.driver.rules.findIndex(({ id }: { id: string }) => id === "wildcard-past-field"),
      level: "error",
      message: { text: expect.stringContaining("vcs-ref/refs/heads/main") },
      locations: [{ physicalLocation: { region: { startLine: line } } }],
    });
  });
});

test("docs/findings.md has exactly one section for each finding", () => {
  const text = readFileSync(path.join(repositoryRoot, "docs", "findings.md"), "utf8");
  const sections = [...text.matchAll(/^## (\S+)\n\n\*(\w+)\*/gm)].map(([, id = "", severity]) => [
    id,
    severity,
  ]);
  expect(Object.fromEntries(sections)).toEqual(FINDINGS);
});
