import { accessGrows } from "../../describe/relation";
import type { AccessChange } from "../../diff/model/access-change";
import type { ActionInvocation, NotExamined } from "../../plan/not-examined";
import type { Review } from "../model/review";

/** What a review comes to, before it is put into words (lib/report/document/verdict-line.ts). */
export interface Verdict {
  /**
   * `no-changes`: the plans do nothing. `unchanged`: they do something, and access stays as it is.
   * `shrinks`: access is only lost. `grows`: some access is gained. `undetermined`: no access is
   * known to be gained, and some effect is not known. All of them are about what was examined.
   */
  readonly outcome: "no-changes" | "unchanged" | "shrinks" | "grows" | "undetermined";
  /** All stacks, those whose plan failed, and those whose plan leaves something for later. */
  readonly stacks: { readonly total: number; readonly failed: number; readonly incomplete: number };
  readonly grows: readonly AccessChange[];
  readonly undetermined: readonly AccessChange[];
  /** Actions of providers whose effect is not in the plan. */
  readonly actions: readonly ActionInvocation[];
  readonly notExamined: readonly NotExamined[];
}

export function verdictOf({ stacks, leftOut, access, notExamined = [] }: Review): Verdict {
  const notPlanned = leftOut.filter(({ isErrored }) => isErrored === true).length;
  const failed = stacks.filter(({ isErrored }) => isErrored).length + notPlanned;
  const incomplete = stacks.filter(({ isErrored, isIncomplete }) => !isErrored && isIncomplete).length;
  const grows = access.filter(accessGrows);
  const undetermined = access.filter(({ relation }) => relation === "unknown");
  const actions = stacks.flatMap((stack) => stack.actions ?? []).filter(({ effect }) => effect === "unknown");
  const isUndetermined = failed + incomplete + undetermined.length + actions.length > 0;
  const isLost = access.some(({ sentences }) => sentences.some(({ effect }) => effect === "lost"));
  const isQuiet =
    access.length + notExamined.length === 0 &&
    stacks.every(({ resources, drift, outputs, deferred, actions: invoked = [] }) =>
      [resources, drift, outputs, deferred, invoked].every(({ length }) => length === 0),
    );
  return {
    outcome:
      grows.length > 0
        ? "grows"
        : isUndetermined
          ? "undetermined"
          : isLost
            ? "shrinks"
            : isQuiet
              ? "no-changes"
              : "unchanged",
    stacks: { total: stacks.length + notPlanned, failed, incomplete },
    grows,
    undetermined,
    actions,
    notExamined,
  };
}

/** Whether a review says that access does not grow, without any reservation. */
export function isAllClear({ outcome, notExamined }: Verdict): boolean {
  return outcome !== "grows" && outcome !== "undetermined" && notExamined.length === 0;
}
