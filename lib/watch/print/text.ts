import { counted } from "../../describe/list";
import { quoted } from "../../describe/phrase";
import { acceptFlag, type Block, type Inline, strong } from "../../report/document/block";
import { withoutEmptyColumns } from "../../report/document/table";
import { markdown } from "../../report/markdown/blocks";
import { printMarkdown } from "../../report/markdown/report";
import type { GateResult } from "../../report/verdict/gate";
import type { WatchReport } from "../model/report";

/** A run as Markdown: the review of the account as it is, then what CloudTrail recorded. */
export function printWatch(report: WatchReport, gate: GateResult): string {
  const { account, accountId, since, review } = report;
  const heading = `## Account ${account} (${accountId}), compared with access.yaml`;
  const before =
    since === undefined
      ? "First run: there is no record of another one, so everything is new."
      : `Last run: ${since}.`;
  return [heading, before, printMarkdown(review, { gate, details: "open" }), markdown(partsOf(report))]
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .join("\n\n");
}

function partsOf(report: WatchReport): readonly Block[] {
  const { strangers, changed, notExamined, isNew } = report;
  return [
    ...(strangers.length === 0 ? [] : strangersTable(report)),
    ...(changed.length === 0
      ? []
      : [
          { kind: "heading", text: ["Changed since the last run, and not in access.yaml"] } as const,
          {
            kind: "list",
            items: changed.map(({ id, what }) => ({
              text: [quoted(what), " (accept with ", acceptFlag(id), ")"],
            })),
          } as const,
        ]),
    ...(notExamined.length === 0
      ? []
      : [
          { kind: "heading", text: ["Not examined in CloudTrail"] } as const,
          {
            kind: "list",
            items: notExamined.map(({ id, what, reason }) => ({
              text: [quoted(what), ": ", quoted(reason), " (accept with ", acceptFlag(id), ")"],
            })),
          } as const,
        ]),
    { kind: "paragraph", text: [strong("New since the last run:"), ` ${isNew.length}`] },
    { kind: "paragraph", text: examinedText(report) },
  ];
}

function strangersTable({ strangers }: WatchReport): readonly Block[] {
  return [
    { kind: "heading", text: ["Assumptions that access.yaml does not grant"] },
    withoutEmptyColumns({
      kind: "table",
      header: [["What"], ["Who"], ["Role"], ["Why"], ["Times"], ["Last"], ["Accept"]],
      rows: strangers.map(({ id, kind, who, role, why, count, last }): readonly Inline[] => [
        [kind === "denied" ? "denied" : strong("assumed")],
        [quoted(who)],
        [quoted(role)],
        [quoted(why)],
        [String(count)],
        [last],
        [quoted(id)],
      ]),
    }),
  ];
}

/** What the all-clear is about. */
function examinedText({ examined, assumptions }: WatchReport): Inline {
  const { roles, otherRoles, providers, buckets } = examined;
  const { from, until, source, notJudged } = assumptions;
  const things = [
    `${counted(roles, "role")} of access.yaml`,
    counted(otherRoles, "other role that trusts CircleCI", "other roles that trust CircleCI"),
    counted(providers, "OIDC provider"),
    counted(buckets, "bucket"),
    ...(source === undefined ? [] : [`assumptions from ${from} to ${until}`]),
  ];
  return [
    strong("Examined:"),
    ` ${things.join(", ")}`,
    ...(source === undefined ? [] : [" (", quoted(source), ")"]),
    ...(notJudged.length === 0
      ? ["."]
      : [
          "; assumptions not judged: ",
          quoted(notJudged.join(", ")),
          ", of which access.yaml says neither yes nor no.",
        ]),
  ];
}
