import type { Periods } from "../../lib/config/model/model";
import { readPlan } from "../../lib/diff/read-plan";
import { printMarkdown } from "../../lib/report/markdown/report";
import { reviewOf } from "../../lib/report/model/review-of";
import { alice, anAccess, bob } from "../fixtures/access";
import { plan, role, trustFor } from "../plan/a-plan";

const [AT, SOON, LATER] = ["2026-12-28T12:00:00Z", "2027-01-01T00:00:00Z", "2027-03-01T00:00:00Z"];
const file = {
  ...anAccess(),
  dated: [
    {
      kind: "member" as const,
      path: ["groups", "publishers", "bob"],
      period: { end: SOON },
      reason: "**INC-123**",
    },
    { kind: "role" as const, path: ["projects", "website", "roles", "deploy"], period: { end: LATER } },
    { kind: "group" as const, path: ["groups", "old"], period: { end: "2026-12-01T18:00:00Z" } },
  ],
};
const trust = (bobs?: Periods, alices?: Periods): string =>
  trustFor({
    people: {
      kind: "listed",
      members: [
        { ...alice, ...(alices === undefined ? {} : { periods: alices }) },
        { ...bob, ...(bobs === undefined ? {} : { periods: bobs }) },
      ],
    },
  });
const reviewed = (before: string | null, after: string, options: { at?: string; isOwn?: boolean } = {}) =>
  reviewOf([readPlan(plan([role(before, after)]), "plan.json")], { access: file, ...options });
const listed = (...parameters: Parameters<typeof reviewed>) =>
  printMarkdown(reviewed(...parameters))
    .split("\n")
    .filter((line) => /^- .* end(?:s|ed) /.test(line));

test("access that a change grants or limits is said with its end, and how soon that is", () => {
  expect(listed(trustFor(), trust([{ end: SOON }]), { at: AT })).toEqual([
    "- Access of `bob` to `website-deploy` ends in 3 days, on 31 December 2026",
  ]);
  expect(listed(trustFor(), trust([{ end: SOON }]), { at: SOON })).toEqual([
    "- Access of `bob` to `website-deploy` ended on 31 December 2026",
  ]);
  expect(listed(trust(), trust([{ end: LATER }]), { at: AT })).toEqual([
    "- Access of `bob` to `website-deploy` ends in 62 days, on 28 February 2027",
  ]);
  expect(listed(null, trust([{ end: SOON }], [{ end: LATER }]), { at: AT })).toEqual([
    "- Access of `bob` to `website-deploy` ends in 3 days, on 31 December 2026",
    "- Access of `alice` to `website-deploy` ends in 62 days, on 28 February 2027",
  ]);
});

test("access without an end, an end that goes, and access that goes whole have no line", () => {
  expect(listed(trustFor(), trust(), { at: AT })).toEqual([]);
  expect(listed(trust([{ end: SOON }]), trust(), { at: AT })).toEqual([]);
  expect(listed(trust([{ end: SOON }]), trustFor(), { at: AT })).toEqual([]);
  expect(listed(trustFor(), trust([{ start: SOON }]), { at: AT })).toEqual([]);
});

test("entries of the file that have ended or end within 14 days are in a review of its own stacks", () => {
  expect(listed(trustFor(), trustFor(), { at: AT, isOwn: true })).toEqual([
    "- In access.yaml: `groups.old` ended at 1 December 2026 18:00 UTC",
    "- In access.yaml: `bob` in `groups.publishers` ends in 3 days, on 31 December 2026 (`**INC-123**`)",
  ]);
  expect(listed(trustFor(), trustFor(), { at: AT })).toEqual([]);
  expect(listed(trustFor(), trustFor(), { isOwn: true })).toEqual([]);
});

describe("an end that a change tells is told once", () => {
  const reason = "INC-123";
  const entry = (path: readonly string[], kind: "member" | "role" = "member") => ({
    ...anAccess(),
    dated: [{ kind, path, period: { end: SOON }, reason }],
  });
  const DEPLOY = ["projects", "website", "roles", "deploy"];
  const lines = (own: ReturnType<typeof entry>, after = trust([{ end: SOON }]), name = "main-website") => {
    const planned = readPlan(plan([role(trustFor(), after)]), name);
    return printMarkdown(reviewOf([planned], { access: own, at: AT, isOwn: true }))
      .split("\n")
      .filter((line) => /^- .* end(?:s|ed) /.test(line));
  };
  const CHANGED = "- Access of `bob` to `website-deploy` ends in 3 days, on 31 December 2026";
  const LISTED =
    "- In access.yaml: `bob` in `projects.website.roles.deploy.people` ends in 3 days, on 31 December 2026 (`INC-123`)";
  test("with the reason of the entry, be it of the person or of the role", () => {
    expect(lines(entry([...DEPLOY, "people", "bob"]))).toEqual([`${CHANGED} (\`INC-123\`)`]);
    expect(lines(entry(DEPLOY, "role"))).toEqual([`${CHANGED} (\`INC-123\`)`]);
  });
  test("another person's entry, and one that no change tells, are told beside it", () => {
    expect(lines(entry([...DEPLOY, "people", "alice"]))).toHaveLength(2);
    expect(lines(entry([...DEPLOY, "people", "bob"]), trust([{ end: LATER }]))).toEqual([
      CHANGED.replace("in 3 days, on 31 December 2026", "in 62 days, on 28 February 2027"),
      LISTED,
    ]);
  });
  test("an entry of a role whose stack is not in the review is not told; a group's always is", () => {
    const elsewhere = (path: readonly string[]) => lines(entry(path), trustFor(), "main-other");
    expect(lines(entry([...DEPLOY, "people", "bob"]), trustFor())).toEqual([LISTED]);
    expect(elsewhere([...DEPLOY, "people", "bob"])).toEqual([]);
    expect(elsewhere(["groups", "publishers", "bob"])).toHaveLength(1);
  });
});

test("the clock is no part of a change: its id stays, and an accepted change stays accepted", () => {
  const idsAt = (at: string) =>
    reviewed(trustFor(), trust([{ end: SOON }]), { at }).access.map(({ id }) => id);
  expect(idsAt(AT)).toEqual(idsAt(LATER));
});
