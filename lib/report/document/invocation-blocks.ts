import { quoted } from "../../describe/phrase";
import type { ActionInvocation } from "../../plan/not-examined";
import type { Block } from "./block";

/** Actions that providers run, each with its type and what triggers it. */
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
          ...(deferred === undefined ? [] : ["; left for a later plan: ", ...deferred]),
        ],
      })),
    },
  ];
}
