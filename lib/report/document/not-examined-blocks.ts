import { groupBy } from "../../collections/group-by";
import { counted, withSeparators } from "../../describe/list";
import { type Phrase, quoted } from "../../describe/phrase";
import type { Review } from "../model/review";
import { acceptFlag, type Block, type ListItem, strong } from "./block";
import type { Detail } from "./detail";

/**
 * Changes that can affect access and that no comparison examines, and actions whose effect is not
 * in the plan.
 */
export function notExaminedBlocks({ stacks, notExamined = [] }: Review, detail: Detail): readonly Block[] {
  const items = [
    ...stacks.flatMap(({ name, actions = [] }) =>
      actions
        .filter(({ effect }) => effect === "unknown")
        .map(
          ({ id, address, type, trigger, deferred }): Item => ({
            kind: "unknown",
            address,
            stack: name,
            id,
            reason: [
              "action ",
              quoted(type),
              ", ",
              ...trigger,
              ...(deferred === undefined
                ? [": its effect is not in the plan"]
                : ["; deferred to a later plan: ", ...deferred]),
            ],
          }),
        ),
    ),
    ...notExamined.map((one): Item => ({ kind: "not examined", ...one })),
  ];
  if (items.length === 0) return [];
  const shown = items.slice(0, detail.most);
  const left = items.length - shown.length;
  const groups = [
    ...groupBy(shown, ({ kind, stack, reason }) => JSON.stringify([kind, stack, reason])).values(),
  ];
  const single = groups.filter(({ length }) => length <= MOST_ALIKE).flat();
  return [
    { kind: "heading", text: ["Not examined"] },
    ...(single.length === 0 ? [] : [{ kind: "list", items: single.map(itemOf) } as const]),
    ...groups.filter(({ length }) => length > MOST_ALIKE).map(folded),
    ...(left === 0
      ? []
      : [{ kind: "paragraph", text: [strong(`${withSeparators(left)} more not examined`)] } as const]),
  ];
}

/** So many resources with one reason are listed; more of them are folded. */
const MOST_ALIKE = 3;

interface Item {
  readonly kind: "unknown" | "not examined";
  readonly address: string;
  readonly stack: string;
  readonly id: string;
  readonly reason: Phrase;
}

function itemOf({ kind, address, stack, id, reason }: Item): ListItem {
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

/** Several resources that are not examined for the same reason: how many, and why. */
function folded(items: readonly Item[]): Block {
  const [first, last] = [items[0], items.at(-1)];
  return {
    kind: "details",
    summary: [
      ...(first === undefined || last === undefined
        ? []
        : [
            strong(`${first.kind} in ${counted(items.length, "resource")}`),
            ": ",
            ...first.reason,
            ": ",
            quoted(first.address),
            " … ",
            quoted(last.address),
          ]),
    ],
    blocks: [{ kind: "list", items: items.map(itemOf) }],
  };
}
