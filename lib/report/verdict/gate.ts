import { compareText } from "../../collections/sort";
import { accessGrows } from "../../describe/relation";
import { isAtLeast } from "../../describe/severity";
import { SEVERITIES } from "../../iam/audit/core/finding";
import type { Review } from "../model/review";

/** The words of `--fail-on`. `finding:medium` means a finding of that severity or a higher one. */
export const FAIL_ON = [
  ...["broader", "destroy", "replace", "drift", "unknown", "not-examined"],
  ...SEVERITIES.map((severity) => `finding:${severity}`),
];

/** Something in a review that a gate may fail on. */
export interface GateItem {
  /** The word of `--fail-on`. */
  readonly kind: string;
  /** What `--accept` takes; undefined: it cannot be accepted. */
  readonly id?: string;
}

/** What the gates say about a review. */
export interface GateResult {
  /** What was found of the words of `--fail-on` and is not accepted. */
  readonly failing: readonly GateItem[];
  /** Ids that are accepted and are in this review, sorted. */
  readonly accepted: readonly string[];
}

/**
 * Everything in a review that a gate may fail on. A failed or incomplete plan counts as unknown: it
 * lacks changes.
 */
export function gateItemsIn({
  stacks,
  leftOut,
  access,
  notExamined = [],
  findings,
}: Review): readonly GateItem[] {
  const resources = stacks.flatMap((stack) => stack.resources);
  const withAction = (...actions: readonly string[]) =>
    resources.filter(({ action }) => actions.includes(action));
  return [
    ...access.filter(accessGrows).map(({ id }) => ({ kind: "broader", id })),
    ...access.filter(({ relation }) => relation === "unknown").map(({ id }) => ({ kind: "unknown", id })),
    ...stacks
      .filter(({ isErrored, isIncomplete }) => isErrored || isIncomplete)
      .map(() => ({ kind: "unknown" })),
    ...leftOut.filter(({ isErrored }) => isErrored === true).map(() => ({ kind: "unknown" })),
    ...stacks
      .flatMap(({ actions = [] }) => actions)
      .filter(({ effect }) => effect === "unknown")
      .map(({ id }) => ({ kind: "unknown", id })),
    ...notExamined.map(({ id }) => ({ kind: "not-examined", id })),
    ...withAction("destroy").map(({ id }) => ({ kind: "destroy", id })),
    ...withAction("replace", "import-and-replace").map(({ id }) => ({ kind: "replace", id })),
    ...stacks.flatMap(({ drift }) => drift).map(({ id }) => ({ kind: "drift", id })),
    ...access.filter(({ source }) => source === "drift").map(({ id }) => ({ kind: "drift", id })),
    ...findings.flatMap(({ id, severity }) =>
      SEVERITIES.filter((least) => isAtLeast(severity, least)).map((least) => ({
        kind: `finding:${least}`,
        id,
      })),
    ),
  ];
}

/**
 * @param wanted words of `--fail-on`
 * @param accepted ids of `--accept`
 */
export function gateOf(review: Review, wanted: readonly string[], accepted: readonly string[]): GateResult {
  return gateOfItems(gateItemsIn(review), wanted, accepted);
}

/** The same of any items. */
export function gateOfItems(
  items: readonly GateItem[],
  wanted: readonly string[],
  accepted: readonly string[],
): GateResult {
  const isAccepted = ({ id }: GateItem): boolean => id !== undefined && accepted.includes(id);
  return {
    failing: items.filter((item) => wanted.includes(item.kind) && !isAccepted(item)),
    accepted: [...new Set(items.filter(isAccepted).flatMap(({ id }) => id ?? []))].sort(compareText),
  };
}
