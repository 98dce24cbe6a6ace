import { quoted } from "../../describe/phrase";
import type { Review } from "../model/review";
import type { GateResult } from "../verdict/gate";
import { accessBlocks } from "./access-blocks";
import { type Block, named, strong } from "./block";
import type { Detail } from "./detail";
import { endingBlocks } from "./ending-blocks";
import { failureBlocks } from "./failure-blocks";
import { findingBlocks } from "./finding-blocks";
import { notExaminedBlocks } from "./not-examined-blocks";
import { stackBlocks } from "./stack-blocks";

/** The report below its headline: gates, access, findings, then stacks. */
export function reviewDocument(
  review: Review,
  gate: GateResult | undefined,
  detail: Detail,
): readonly Block[] {
  return [
    ...(gate === undefined ? [] : gateBlocks(gate, detail)),
    ...failureBlocks(review, detail),
    ...accessBlocks(review, detail),
    ...endingBlocks(review, detail),
    ...notExaminedBlocks(review, detail),
    ...findingBlocks(review.findings, detail),
    ...stackBlocks(review, detail),
    ...(review.commit === undefined
      ? []
      : [{ kind: "paragraph", text: ["Planned from commit ", quoted(review.commit)] } as const]),
  ];
}

function gateBlocks({ failing, accepted }: GateResult, { most }: Detail): readonly Block[] {
  const kinds = [...new Set(failing.map(({ kind }) => kind))];
  return [
    ...(kinds.length === 0
      ? []
      : [
          {
            kind: "paragraph",
            text: [strong("Failed:"), " ", quoted(`--fail-on ${kinds.join(",")}`)],
          } as const,
        ]),
    ...(accepted.length === 0
      ? []
      : [{ kind: "paragraph", text: ["Accepted: ", ...named(accepted.slice(0, most))] } as const]),
  ];
}
