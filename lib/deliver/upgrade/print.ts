import { counted } from "../../describe/list";
import { printMarkdown } from "../../report/markdown/report";
import { PACKAGE } from "./new-version";
import type { Upgrade } from "./upgrade";

/** What the other version changes, what the report does not cover, and how to install it. */
export function printUpgrade({ from, to, review, otherParts, otherPeers }: Upgrade): string {
  const parts = [...otherParts].map(([stack, names]) => `  ${stack}: ${names.join(", ")}`);
  return [
    `From ${from} to ${to}: what a deploy of the new version would change, compared with a deploy of the installed one.`,
    "",
    printMarkdown(review).trimEnd(),
    "",
    ...(parts.length === 0
      ? []
      : [`Not examined: ${counted(parts.length, "stack")} with other parts that differ:`, ...parts, ""]),
    ...(otherPeers.length === 0
      ? []
      : [`The new version needs ${otherPeers.join(", ")}; the comparison used the installed packages.`, ""]),
    `Why: CHANGELOG.md and docs/upgrading.md of ${to}, https://unpkg.com/${PACKAGE}@${to}/CHANGELOG.md`,
    `Install it: npm install --save-exact ${PACKAGE}@${to}`,
  ].join("\n");
}
