import {
  type CheckResult,
  doubtful,
  good,
  stops,
  unknown,
  wrong,
} from "../../../lib/start/doctor/checks/check-result";
import { printDoctor } from "../../../lib/start/doctor/print";

const all: readonly CheckResult[] = [
  good("Node", "20.0.0"),
  wrong("state bucket", "there is none", "npm run bootstrap"),
  unknown("permissions", "IAM does not say"),
  doubtful("pipeline", "out of date", "npm run -s oidc -- pipeline --write"),
];

test("a line for each check, with what mends it, and how many would stop a deploy", () => {
  expect(printDoctor(all, 80).split("\n")).toEqual([
    "✓  Node          20.0.0",
    "✗  state bucket  there is none",
    "                 → npm run bootstrap",
    "–  permissions   IAM does not say",
    "✗  pipeline      out of date",
    "                 → npm run -s oidc -- pipeline --write",
    "",
    "1 thing would stop a deploy.",
  ]);
});

test("in a narrow terminal no line is longer than it is", () => {
  const long = [
    wrong("state bucket", "there is none ".repeat(12).trim(), "npm run bootstrap -- --account main"),
  ];
  for (const line of printDoctor(long, 50).split("\n")) expect([...line].length).toBeLessThanOrEqual(50);
});

test("what is unknown or harmless stops nothing, and what is wrong does", () => {
  expect(all.map(stops)).toEqual([false, true, false, false]);
  expect(
    printDoctor(
      all.filter((one) => !stops(one)),
      undefined,
    ),
  ).toContain("Nothing that was looked at would stop a deploy.");
});
