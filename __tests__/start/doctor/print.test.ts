import {
  type CheckResult,
  good,
  stops,
  unknown,
  warning,
  wrong,
} from "../../../lib/start/doctor/checks/check-result";
import { printDoctor } from "../../../lib/start/doctor/print";

const all: readonly CheckResult[] = [
  good("Node", "20.0.0"),
  wrong("state bucket", "there is none", "npm run bootstrap"),
  unknown("permissions", "IAM does not say"),
  warning("pipeline", "out of date", "npm run -s oidc -- pipeline --write"),
];

test("prints each check with its fix, and how many failed checks block a deploy", () => {
  expect(printDoctor(all, 80).split("\n")).toEqual([
    "✓  Node          20.0.0",
    "✗  state bucket  there is none",
    "                 → npm run bootstrap",
    "–  permissions   IAM does not say",
    "✗  pipeline      out of date",
    "                 → npm run -s oidc -- pipeline --write",
    "",
    "1 failed check blocks a deploy. 1 check could not be completed.",
  ]);
});

test("wraps to the width of the terminal", () => {
  const long = [
    wrong("state bucket", "there is none ".repeat(12).trim(), "npm run bootstrap -- --account main"),
  ];
  for (const line of printDoctor(long, 50).split("\n")) expect([...line].length).toBeLessThanOrEqual(50);
});

test("a failed check blocks a deploy; an unknown one and a warning do not", () => {
  expect(all.map(stops)).toEqual([false, true, false, false]);
  expect(
    printDoctor(
      all.filter((one) => !stops(one)),
      undefined,
    ),
  ).toContain("No failed check blocks a deploy. 1 check could not be completed.");
});

test("keeps an identifier whole, on a line of its own", () => {
  const arn = "arn:aws:sts::123456789012:assumed-role/a-role-with-a-long-name/a-session-with-a-long-name";
  const lines = printDoctor([wrong("credentials", `${arn} belongs to account 1`, "sign in")], 60).split("\n");
  expect(lines.slice(0, 2)).toEqual([`✗  credentials  ${arn}`, "                belongs to account 1"]);
});
