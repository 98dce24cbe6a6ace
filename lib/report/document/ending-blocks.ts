import { withSeparators } from "../../describe/list";
import { capitalised } from "../../describe/phrase";
import type { Review } from "../model/review";
import { type Block, strong } from "./block";
import type { Detail } from "./detail";

/** When changed access ends, and entries of access.yaml that have ended or end soon. */
export function endingBlocks({ endings = [] }: Review, { most }: Detail): readonly Block[] {
  if (endings.length === 0) return [];
  const shown = endings.slice(0, most);
  const left = endings.length - shown.length;
  return [
    { kind: "heading", text: ["Grants that end"] },
    ...(shown.length === 0
      ? []
      : [
          {
            kind: "list",
            items: shown.map(({ kind, phrase }) => ({
              text: kind === "entry" ? ["In access.yaml: ", ...phrase] : capitalised(phrase),
            })),
          } as const,
        ]),
    ...(left === 0
      ? []
      : [{ kind: "paragraph", text: [strong(`${withSeparators(left)} more that end`)] } as const]),
  ];
}
