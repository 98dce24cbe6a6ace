import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Access } from "../../lib/config/model/model";
import {
  describeDistance,
  describeEnd,
  describeMoment,
  describePeriods,
  describeState,
} from "../../lib/describe/moment";
import { type ExplainOptions, explain } from "../../lib/explain/explain";
import { writeTrustPolicy } from "../../lib/iam/write/trust/trust-policy";
import { aGrant, alice, anAccess, aProject, aRole, bob } from "../fixtures/access";
import { errorOf } from "../fixtures/project-error";

const NEW_YEAR = "2027-01-01T00:00:00Z";
const bobUntil = { ...bob, periods: [{ start: "2026-12-01T00:00:00Z", end: NEW_YEAR }] };
const grant = aGrant({ people: { kind: "listed", members: [alice, bobUntil] } });
const access: Access = anAccess({ projects: [aProject({ roles: [aRole({ grant })] })] });

const ask = (options: ExplainOptions): readonly [decision: string, reason: string] => {
  const [answer] = explain(() => access, { person: "bob", branch: "main", role: "deploy", ...options });
  return [answer?.decision ?? "", answer?.reason ?? ""];
};

describe("a person whose entry has a period", () => {
  test.each<[string, string, string]>([
    ["2026-11-30T23:59:59Z", "deny", "bob's access to website/deploy begins on 1 December 2026"],
    [
      "2026-12-01T00:00:00Z",
      "allow",
      "bob may assume website/deploy from main until 31 December 2026; a session that is opened before then lasts at most 1 hour",
    ],
    [
      "2026-12-31T23:59:59Z",
      "allow",
      "bob may assume website/deploy from main until 31 December 2026; a session that is opened before then lasts at most 1 hour",
    ],
    [
      "2027-01-01T00:00:00Z",
      "deny",
      "bob's access to website/deploy ended on 31 December 2026; a session that was opened before can last until 1 January 2027 01:00 UTC",
    ],
    ["2027-01-01T01:00:00Z", "deny", "bob's access to website/deploy ended on 31 December 2026"],
    [
      "2027-01-01T09:00+09:00",
      "deny",
      "bob's access to website/deploy ended on 31 December 2026; a session that was opened before can last until 1 January 2027 01:00 UTC",
    ],
  ])("at %s: %s", (at, decision, reason) => {
    expect(ask({ at })).toEqual([decision, reason]);
  });

  test("another ref is denied for the ref, at any time", () => {
    expect(ask({ at: "2026-12-15", branch: "dev" })).toEqual([
      "deny",
      "dev is not an allowed ref (allowed: main)",
    ]);
    expect(ask({ at: "2027-12-15", branch: "dev" })[1]).toMatch(
      /^bob's access .* ended on 31 December 2026; dev is not/,
    );
  });

  test("people without a period are not concerned", () => {
    expect(ask({ at: "2027-01-01", person: "alice" })).toEqual([
      "allow",
      "alice may assume website/deploy from main",
    ]);
  });

  test("as JSON: the periods and the moment of the answer", () => {
    const [answer] = explain(() => access, {
      person: "bob",
      branch: "main",
      role: "deploy",
      at: "2027-01-01",
    });
    expect(answer).toMatchObject({ against: ["time"], periods: bobUntil.periods, at: NEW_YEAR });
  });

  test.each(["2027-01-01T00:00", "2027-02-30", "soon"])("--at %s is not a moment", (at) => {
    expect(errorOf(() => ask({ at })).code).toBe("wrong-call");
  });
});

describe("a policy that is not from access.yaml", () => {
  let folder: string;
  let policy: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "moments-"));
    policy = path.join(folder, "policy.json");
    const provider = `arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/${grant.organization}`;
    writeFileSync(policy, JSON.stringify(writeTrustPolicy(grant, provider, 2_048)));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const decide = (options: ExplainOptions) =>
    explain(() => access, { policy, person: "bob", project: "website", ...options })[0]?.decision;

  test("is decided at the moment that is asked for; without one, it depends", () => {
    expect(decide({ branch: "main", at: "2026-12-31T23:59:59Z" })).toBe("allow");
    expect(decide({ branch: "main", at: NEW_YEAR })).toBe("deny");
    expect(decide({ branch: "main" })).toBe("unknown");
  });

  test("a moment requires one ref", () => {
    expect(errorOf(() => decide({ at: NEW_YEAR })).code).toBe("wrong-call");
  });
});

describe("moments in words", () => {
  test("days and times; an end is named by its last day", () => {
    expect([describeMoment(NEW_YEAR), describeEnd(NEW_YEAR)]).toEqual(["1 January 2027", "31 December 2026"]);
    expect(describeEnd("2026-12-31T18:00:00Z")).toBe("31 December 2026 18:00 UTC");
    expect(describeMoment("2026-12-31T18:00:05Z", "ja")).toBe("2026年12月31日 18:00:05 UTC");
    expect(describePeriods([{ end: NEW_YEAR }, { start: "2027-06-01T00:00:00Z" }])).toBe(
      "until 31 December 2026 and from 1 June 2027",
    );
    expect(describePeriods(bobUntil.periods, "ja")).toBe("2026年12月1日から2026年12月31日まで");
  });

  test("between two periods, the next one counts; after the last one, it is over", () => {
    const periods = [{ end: NEW_YEAR }, { start: "2027-06-01T00:00:00Z", end: "2027-07-01T00:00:00Z" }];
    expect(describeState(periods, "2026-12-31T00:00:00Z")).toBe("until 31 December 2026");
    expect(describeState(periods, NEW_YEAR)).toBe("begins on 1 June 2027");
    expect(describeState(periods, "2027-07-01T00:00:00Z")).toBe("ended on 30 June 2027");
    expect(describeState(periods, "2027-07-01T00:00:00Z", "ja")).toBe("2027年6月30日に終了しました");
  });

  test("a distance, rounded down", () => {
    expect(describeDistance(NEW_YEAR, "2026-12-29T00:00:00Z")).toBe("in 3 days");
    expect(describeDistance(NEW_YEAR, "2026-12-31T00:30:00Z")).toBe("in 23 hours");
    expect(describeDistance(NEW_YEAR, "2026-12-31T22:59:00Z")).toBe("in 1 hour");
    expect(describeDistance(NEW_YEAR, "2026-12-31T23:30:00Z")).toBe("in less than an hour");
    expect(describeDistance(NEW_YEAR, "2026-12-29T00:00:00Z", "ja")).toBe("3日後");
  });
});
