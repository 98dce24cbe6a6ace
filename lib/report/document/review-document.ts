import { quoted } from "../../describe/phrase";
import type { Review } from "../model/review";
import { verdictOf } from "../verdict/verdict";
import { accessBlocks } from "./access-blocks";
import type { Block, Inline } from "./block";
import type { Detail } from "./detail";
import { findingBlocks } from "./finding-blocks";
import { notExaminedBlocks } from "./not-examined-blocks";
import { stackBlocks } from "./stack-blocks";

/** What a gate says of a review (lib/report/verdict/gate.ts). */
export interface GateResult {
  /** Words of `--fail-on` that were found, each with what is to be signed off, if it can be. */
  readonly failing: readonly { readonly kind: string; readonly id?: string }[];
  /** Ids that were signed off and are in this review. */
  readonly accepted: readonly string[];
}

/** The verdict as a line of its own: always first, and never left out. */
export function verdictLine(review: Review): Inline {
  return [...verdictOf(review), "."];
}

/** A review as a report below its first line: access, findings, then stacks. */
export function reviewDocument(
  review: Review,
  gate: GateResult | undefined,
  detail: Detail,
): readonly Block[] {
  return [
    ...(gate === undefined ? [] : gateBlocks(gate, detail)),
    ...accessBlocks(review.access, detail),
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
      : [{ kind: "paragraph", text: ["This fails the build: ", ...commas(kinds)] } as const]),
    ...(accepted.length === 0
      ? []
      : [{ kind: "paragraph", text: ["Signed off: ", ...commas(accepted.slice(0, most))] } as const]),
  ];
}

function commas(texts: readonly string[]): Inline {
  return texts.flatMap((text, index) => (index === 0 ? [quoted(text)] : [", ", quoted(text)]));
}
