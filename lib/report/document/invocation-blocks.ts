import { quoted } from "../../describe/phrase";
import type { ActionInvocation } from "../../plan/not-examined";
import type { Block } from "./block";

/** Actions that providers run, each with its type and its trigger. */
export function invocationBlocks(actions: readonly ActionInvocation[]): readonly Block[] {
  if (actions.length === 0) return [];
  return [
    { kind: "paragraph", text: ["Actions:"] },
    {
      kind: "list",
      items: actions.map(({ address, type, trigger, deferred }) => ({
        text: [
          quoted(address),
          " (",
          quoted(type),
          "): ",
          ...trigger,
          ...(deferred === undefined ? [] : ["; deferred to a later plan: ", ...deferred]),
        ],
      })),
    },
  ];
}
