import { type Phrase, quoted } from "../../describe/phrase";
import type { Review } from "../model/review";
import { type Block, type ListItem, strong, withSeparators } from "./block";
import type { Detail } from "./detail";

/**
 * What is touched, can change access, and was not examined; and actions of which the plan does not
 * tell what they do.
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
              ? [": what it does is not in the plan"]
              : ["; left for a later plan: ", ...deferred]),
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
      ", sign off with ",
      quoted(id),
      ")",
    ],
  };
}
