import { counted, withSeparators } from "../../describe/list";
import { quoted } from "../../describe/phrase";
import type { ReviewFinding } from "../../diff/model/access-change";
import { acceptFlag, type Block, type ListItem, strong } from "./block";
import type { Detail } from "./detail";

/** Findings of `audit` on the planned trust policies: new ones, then existing ones, folded. */
export function findingBlocks(findings: readonly ReviewFinding[], detail: Detail): readonly Block[] {
  const fresh = findings.filter(({ isNew }) => isNew);
  const known = detail.unchanged ? findings.filter(({ isNew }) => !isNew) : [];
  if (fresh.length + known.length === 0) return [];
  const shown = fresh.slice(0, detail.most);
  const left = fresh.length - shown.length;
  return [
    { kind: "heading", text: ["Findings"] },
    ...(shown.length === 0 ? [] : [{ kind: "list", items: shown.map(itemOf) } as const]),
    ...(left === 0
      ? []
      : [{ kind: "paragraph", text: [strong(counted(left, "more new finding"))] } as const]),
    ...(known.length === 0
      ? []
      : [
          {
            kind: "details",
            summary: [`Existing findings (${withSeparators(known.length)})`],
            blocks: [{ kind: "list", items: known.map(itemOf) }],
          } as const,
        ]),
  ];
}

function itemOf({ id, stack, role, rule, severity, message, isNew }: ReviewFinding): ListItem {
  return {
    text: [
      strong(`${isNew ? "new, " : ""}${severity}`),
      ": ",
      quoted(rule),
      " in the trust policy of ",
      quoted(role),
      ": ",
      // A sentence of ours. If it repeats text of a policy that could be markup, it is printed as
      // code.
      message,
      " (in ",
      quoted(stack),
      ", accept with ",
      acceptFlag(id),
      ")",
    ],
  };
}
