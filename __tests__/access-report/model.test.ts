import type { ReportedAccess } from "../../lib/access-report/model/entry";
import { describeReportRef, describeSubject } from "../../lib/access-report/model/words";
import { plainText } from "../../lib/describe/phrase";
import { describePermissionRisk } from "../../lib/describe/risk";
import { trustFor } from "../plan/a-plan";
import { reportOn } from "./a-report";

const FILE = `
organization: { id: 6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11 }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state } } }
people:
  alice: 0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01
  bob: 91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02
  carol: c1d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c03
groups: { publishers: [alice, { bob: { until: 2026-11-30T11:00Z, reason: INC-123 } }] }
projects:
  website:
    id: 77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03
    repository: github.com/acme/website
    roles:
      deploy:
        people: [publishers, { alice: { until: 2026-12-31, reason: release } }]
        branches: [main, "release/*"]
        statements:
          - { Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: "*" }
      preview: { people: everyone, branches: any, bucket: acme-preview, until: 2027-01-31 }
      old: { trust: old.json, path: /ci/ }
`;
const OLD = trustFor({
  people: {
    kind: "listed",
    members: [{ name: "alice", id: "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01" }],
  },
});
const report = reportOn(FILE, {}, { "old.json": OLD });
const roleOf = (key: string) => report.roles.find((one) => one.key === key);

const row = ({ who, role, ref, state }: ReportedAccess): string =>
  `${plainText(describeSubject(who))} ${role} ${plainText(describeReportRef(ref))} ${state}`;
const accessOf = (name: string) => report.people.find((one) => one.name === name)?.access ?? [];

test("each person's access by role and ref; those of everyone's roles too", () => {
  expect(accessOf("alice").map(row)).toEqual([
    "alice website/deploy main in-force",
    "alice website/deploy release/* in-force",
    "alice website/old as its trust policy says in-force",
    "alice website/preview any ref in-force",
  ]);
  expect(accessOf("bob").map(row)).toEqual([
    "bob website/deploy main over",
    "bob website/deploy release/* over",
    "bob website/preview any ref in-force",
  ]);
  expect(accessOf("carol").map(row)).toEqual(["carol website/preview any ref in-force"]);
  expect(report.everyoneElse.map(row)).toEqual([
    "everyone else who can start a pipeline website/preview any ref in-force",
  ]);
});

test("an access says through which entries it is granted, and why", () => {
  expect(accessOf("alice")[0]).toMatchObject({
    by: { kind: "list", isNamed: true, groups: ["publishers"] },
    reasons: ["release"],
  });
  expect(accessOf("bob")[0]).toMatchObject({
    by: { kind: "list", isNamed: false, groups: ["publishers"] },
    periods: [{ end: "2026-11-30T11:00:00Z" }],
    reasons: ["INC-123"],
  });
  expect(report.everyoneElse[0]).toMatchObject({ by: { kind: "everyone" }, reasons: [] });
});

test("people without access are in the report", () => {
  const alone = reportOn(FILE.replace("people: everyone", "people: [alice]"), {}, { "old.json": OLD });
  expect(alone.people.at(-1)).toEqual({
    name: "carol",
    id: "c1d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c03",
    access: [],
  });
  expect(alone.everyoneElse).toEqual([]);
});

describe("a hand-written role", () => {
  test("people are found by proof of its policy; others are not accepted", () => {
    expect(roleOf("website/old")).toMatchObject({
      arn: "arn:aws:iam::123456789012:role/ci/website-old",
      who: { kind: "hand-written", file: "old.json", hasMore: false, accepted: [{ people: ["alice"] }] },
      access: [{ who: { name: "alice" }, by: { kind: "trust-policy", accepts: "yes" } }],
    });
  });
  test("a policy that accepts everyone accepts people whom the file does not name", () => {
    const open = trustFor({ people: { kind: "everyone" } });
    const found = reportOn(FILE, {}, { "old.json": open }).roles.find(({ key }) => key === "website/old");
    expect(found?.access.map((one) => plainText(describeSubject(one.who)))).toEqual([
      "alice",
      "bob",
      "carol",
      "everyone else who can start a pipeline",
    ]);
  });
  test("a policy that accepts no token accepts none of the people", () => {
    const service = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
    });
    const found = reportOn(FILE, {}, { "old.json": service }).roles.find(({ key }) => key === "website/old");
    expect(found?.access).toEqual([]);
    expect(found?.who).toMatchObject({ accepted: [{ who: [{ quoted: "ec2.amazonaws.com" }], people: [] }] });
  });
});

test("what a role may do, by risk class", () => {
  expect(
    roleOf("website/deploy")?.permissions.risks.map((one) => plainText(describePermissionRisk(one))),
  ).toEqual(["read every secret (secretsmanager:GetSecretValue on *)"]);
  expect(roleOf("website/preview")?.permissions.risks).toEqual([]);
  expect(roleOf("website/old")?.permissions).toMatchObject({ risks: [], allows: [], unknown: [] });
});
