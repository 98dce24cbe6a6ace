import { withSeparators } from "../../describe/list";
import { type Phrase, quoted } from "../../describe/phrase";
import type { Review } from "../model/review";
import { acceptFlag, type Block, type ListItem, strong } from "./block";
import type { Detail } from "./detail";

/**
 * Changes that can affect access and that no comparison examines, and actions whose effect is not in
 * the plan.
 */
export function notExaminedBlocks({ stacks, notExamined = [] }: Review, detail: Detail): readonly Block[] {
  const items = [
    ...stacks.flatMap(({ name, actions = [] }) =>
      actions
        .filter(({ effect }) => effect === "unknown")
        .map(({ id, address, type, trigger, deferred }) =>
          itemOf("unknown", address, name, id, [
            "action ",
            quoted(type),
            ", ",
            ...trigger,
            ...(deferred === undefined
              ? [": its effect is not in the plan"]
              : ["; deferred to a later plan: ", ...deferred]),
          ]),
        ),
    ),
    ...notExamined.map(({ id, address, stack, reason }) =>
      itemOf("not examined", address, stack, id, reason),
    ),
  ];
  if (items.length === 0) return [];
  const shown = items.slice(0, detail.most);
  const left = items.length - shown.length;
  return [
    { kind: "heading", text: ["Not examined"] },
    ...(shown.length === 0 ? [] : [{ kind: "list", items: shown } as const]),
    ...(left === 0
      ? []
      : [{ kind: "paragraph", text: [strong(`${withSeparators(left)} more not examined`)] } as const]),
  ];
}

function itemOf(kind: string, address: string, stack: string, id: string, reason: Phrase): ListItem {
  return {
    text: [
      strong(kind),
      ": ",
      quoted(address),
      ": ",
      ...reason,
      " (in ",
      quoted(stack),
      ", accept with ",
      acceptFlag(id),
      ")",
    ],
  };
}
