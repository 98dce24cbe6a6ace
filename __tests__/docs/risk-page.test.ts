import { readFileSync } from "node:fs";
import path from "node:path";
import { RISK_CLASSES } from "../../lib/iam/risk/classes";
import { ESCALATION_PATHS } from "../../lib/iam/risk/escalation/paths";

const page = readFileSync(path.join(__dirname, "../../docs/review/risk.md"), "utf8");

test("the page has every class, in the order of the table", () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
  expect(rows.slice(0, RISK_CLASSES.length)).toEqual(RISK_CLASSES);
});

test("the page has every path with its calls and its ids", () => {
  const rows = [...page.matchAll(/^\| `([a-z0-9-]+)` \| (`[a-z].*) \| (.*) \|$/gm)].map(
    ([, id, calls = "", from = ""]) => ({
      id,
      calls: [...calls.matchAll(/`([^`]+)`/g)].map(([, action]) => action),
      from: from === "AWS" ? [] : from.split(", "),
    }),
  );
  const paths = ESCALATION_PATHS.map(({ id, calls, from }) => ({
    id,
    calls: calls.map(({ action }) => action),
    from,
  }));
  expect(rows).toEqual(paths);
});
