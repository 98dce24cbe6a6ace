import fc from "fast-check";
import type { Period } from "../../lib/config/model/period";
import { commonPeriod, isInForce, isWithin, unitedPeriods } from "../../lib/config/model/period";
import { firstMomentOf, instantOf, momentAfter, momentRule } from "../../lib/config/rules/moment";
import {
  accepted,
  acceptedRole,
  fileOf,
  fileWithRole,
  ids,
  located,
  fileWithPeople as people,
  problemsOf,
  refusals,
  rolesOf,
} from "./sample";

const { alice, bob } = ids;

const granted = (text: string) => acceptedRole(text).grant.people;

describe("dates", () => {
  test.each([
    ["2026-12-31", "2026-12-31T00:00:00Z", "2027-01-01T00:00:00Z"],
    ["2028-02-29", "2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z"],
    ["2026-12-31T18:00Z", "2026-12-31T18:00:00Z", "2026-12-31T18:00:00Z"],
    ["2026-12-31T18:00:30Z", "2026-12-31T18:00:30Z", "2026-12-31T18:00:30Z"],
    ["2027-01-01T00:30+09:00", "2026-12-31T15:30:00Z", "2026-12-31T15:30:00Z"],
    ["2026-12-31T18:00-05:30", "2026-12-31T23:30:00Z", "2026-12-31T23:30:00Z"],
  ])("%s begins at %s and ends before %s", (text, first, after) => {
    expect([momentRule(text), firstMomentOf(text), momentAfter(text)]).toEqual([undefined, first, after]);
  });

  test.each([
    ["2026-02-30", "no-such-date"],
    ["2027-02-29", "no-such-date"],
    ["2026-13-01", "no-such-date"],
    ["2026-12-31T24:00Z", "no-such-date"],
    ["2026-12-31T18:00+15:00", "no-such-date"],
    ["0226-12-31", "no-such-date"],
    ["2026-12-31T18:00", "time-without-zone"],
    ["2026-12-31 18:00", "time-without-zone"],
    ["2026/12/31", "malformed-date"],
    ["31.12.2026", "malformed-date"],
    ["2026-12-31 18:00 Z", "malformed-date"],
    ["2026-12-31T18:00:00.5Z", "malformed-date"],
    ["tomorrow", "malformed-date"],
    ["", "malformed-date"],
  ])("%j is rejected", (text, code) => {
    expect(momentRule(text)?.code).toBe(code);
    expect(instantOf(text)).toBeUndefined();
  });

  test("a time without a zone says what to write", () => {
    expect(momentRule("2026-12-31 18:00")?.fix).toBe(
      "write 2026-12-31T18:00Z if it is in UTC, or add its offset, such as 2026-12-31T18:00+09:00",
    );
    expect(momentRule("2026/1/5")?.fix).toBe("write year, month and day, such as 2026-01-05");
  });
});

describe("periods of grants", () => {
  const end = "2027-01-01T00:00:00Z";

  test("of a person in a list, beside one without a period", () => {
    expect(granted(people("[alice, { bob: { until: 2026-12-31, reason: INC-123 } }]"))).toEqual({
      kind: "listed",
      members: [
        { name: "alice", id: alice },
        { name: "bob", id: bob, periods: [{ end }] },
      ],
    });
  });

  test("of a group in a list, of a person in a group, and of a group", () => {
    const members = [{ name: "bob", id: bob, periods: [{ end }] }];
    const until = "until: 2026-12-31";
    expect(granted(people(`[{ ops: { ${until} } }]`, "{ ops: [bob] }"))).toEqual({ kind: "listed", members });
    expect(granted(people("[ops]", `{ ops: [{ bob: { ${until} } }] }`))).toEqual({ kind: "listed", members });
    expect(granted(people("[ops]", `{ ops: { people: [bob], ${until} } }`))).toEqual({
      kind: "listed",
      members,
    });
  });

  test("of a role and of a project, also for everyone", () => {
    const role = "{ people: everyone, branches: [main], from: 2026-12-01, until: 2026-12-31T12:00Z }";
    const text = fileOf({
      projects: rolesOf({ deploy: role }).replace("\n    roles:", "\n    until: 2026-12-24\n    roles:"),
    });
    expect(granted(text)).toEqual({
      kind: "everyone",
      periods: [{ start: "2026-12-01T00:00:00Z", end: "2026-12-25T00:00:00Z" }],
    });
  });

  test("of several entries for one person: the moments of each", () => {
    const groups = "{ ops: [{ bob: { from: 2026-06-01, until: 2026-06-30 } }], all: [bob] }";
    const periods = [
      { start: "2026-06-01T00:00:00Z", end: "2026-07-01T00:00:00Z" },
      { start: "2026-08-01T00:00:00Z" },
    ];
    const listed = { kind: "listed", members: [{ name: "bob", id: bob, periods }] };
    expect(granted(people("[ops, { bob: { from: 2026-08-01 } }]", groups))).toEqual(listed);
    expect(granted(people("[ops, all]", groups))).toEqual({
      kind: "listed",
      members: [{ name: "bob", id: bob }],
    });
  });

  test("the dated entries, by their keys", () => {
    const groups = "{ ops: { people: [{ bob: { from: 2026-01-01 } }], until: 2026-12-31 } }";
    const text = people("[{ ops: { until: 2026-06-30, reason: INC-123 } }, alice]", groups);
    const list = ["projects", "website", "roles", "deploy", "people"];
    expect(accepted(text).dated).toEqual([
      { kind: "group", path: ["groups", "ops"], period: { end } },
      { kind: "member", path: ["groups", "ops", "people", "bob"], period: { start: "2026-01-01T00:00:00Z" } },
      { kind: "member", path: [...list, "ops"], period: { end: "2026-07-01T00:00:00Z" }, reason: "INC-123" },
    ]);
    expect(accepted(people("[alice]")).dated).toBeUndefined();
  });
});

describe("periods that are rejected", () => {
  test.each([
    ["[{ bob: { until: 2026-02-30 } }]", "10:42 no-such-date 2026-02-30"],
    ["[{ bob: { until: 2026-12-31T18:00 } }]", "10:42 time-without-zone 2026-12-31T18:00"],
    ["[{ bob: { untill: 2026-12-31 } }]", "10:35 unknown-key untill"],
    [
      "[{ bob: { from: 2026-12-31, until: 2026-12-30 } }]",
      "10:60 until-before-from from 2026-12-31T00:00:00Z, until 2026-12-31T00:00:00Z",
    ],
    ["[{ bbo: { until: 2026-12-31 } }]", "10:28 unknown-person bbo"],
    ["[{ everyone: { until: 2026-12-31 } }]", "10:26 everyone-in-list everyone"],
    ["[bob, { bob: { until: 2026-12-31 } }]", "10:33 listed-twice bob"],
    ["[{ bob: { until: 2026-12-31, reason: '' } }]", "10:62 not-allowed "],
  ])("%s", (list, problem) => {
    expect(located(people(list))).toEqual([problem]);
  });

  test("a period on the level of the name", () => {
    expect(problemsOf(people("[{ bob: { from: 2026-12-01 }, alice: { until: 2026-12-31 } }]"))).toMatchObject(
      [{ code: "several-names-in-entry", found: "bob, alice" }],
    );
    expect(refusals(people("[{ bob: , until: 2026-12-31 }]"))).toContain("unknown-person until");
  });

  test("periods without a common moment: the entry and its role, group or project", () => {
    const role = "until: 2026-06-30, people: [{ bob: { from: 2026-07-01 } }], branches: [main]";
    expect(refusals(fileWithRole(`{ ${role} }`))).toEqual([
      "never-in-force from 2026-07-01T00:00:00Z, before 2026-07-01T00:00:00Z",
    ]);
    // One day more, and there is one.
    expect(refusals(fileWithRole(`{ ${role.replace("06-30", "07-01")} }`))).toEqual([]);
    const groups = "{ ops: [{ bob: { until: 2026-06-30 } }] }";
    expect(refusals(people("[{ ops: { from: 2026-07-01 } }]", groups))).toEqual(["never-in-force bob"]);
    expect(refusals(people("[{ ops: { from: 2026-06-30 } }]", groups))).toEqual([]);
  });

  test("a period has no effect on a hand-written trust policy", () => {
    const projects = rolesOf({ deploy: "{ trust: trust.json, until: 2026-12-31 }" });
    expect(refusals(fileOf({ projects }))).toContain("beside-hand-written until");
    const whole = rolesOf({ deploy: "{ trust: trust.json }" }).replace(
      "\n    roles:",
      "\n    until: 2026-12-31\n    roles:",
    );
    expect(refusals(fileOf({ projects: whole }))).toContain("beside-hand-written deploy");
  });

  test("an entry that has ended is valid: time passes without an edit", () => {
    expect(refusals(people("[alice, { bob: { until: 2001-01-01 } }]"))).toEqual([]);
  });
});

describe("laws", () => {
  const moments = Array.from({ length: 6 }, (_, second) => `2026-01-01T00:00:0${second}Z`);
  const bound = fc.option(fc.constantFrom(...moments), { nil: undefined });
  const period = fc.record({ start: bound, end: bound }).map(
    ({ start, end }): Period => ({
      ...(start === undefined ? {} : { start }),
      ...(end === undefined ? {} : { end }),
    }),
  );

  test("united periods hold at the moments of each, common ones at those of all", () => {
    fc.assert(
      fc.property(fc.array(period, { maxLength: 4 }), (periods) => {
        const [united, common] = [unitedPeriods(periods), commonPeriod(periods)];
        for (const moment of moments) {
          expect(isInForce(united, moment)).toBe(periods.some((one) => isWithin(one, moment)));
          expect(common === undefined || isWithin(common, moment)).toBe(
            periods.every((one) => isWithin(one, moment)),
          );
        }
      }),
    );
  });

  test("united periods are sorted and apart", () => {
    fc.assert(
      fc.property(fc.array(period, { maxLength: 4 }), (periods) => {
        const united = unitedPeriods(periods) ?? [];
        const gaps = united.slice(1).map(({ start }, index) => [united[index]?.end, start]);
        expect(gaps.every(([end = "", start = ""]) => end < start)).toBe(true);
      }),
    );
  });
});
