import { compareText } from "../../collections/sort";
import type { Severity } from "../../iam/audit/core/finding";
import { wrongCall } from "../../project/unknown-name";
import type { Review } from "../model/review";

const SEVERITIES: readonly Severity[] = ["high", "medium", "low"];

/** What can be asked to end a review with exit code 1. A finding's severity means that or worse. */
export const FAIL_ON = [
  ...["broader", "destroy", "replace", "drift", "unknown", "not-examined"],
  ...SEVERITIES.map((severity) => `finding:${severity}`),
];

/** Something in a review that a gate may ask for, by the word that asks for it. */
export interface GateItem {
  readonly kind: string;
  /** What `--accept` takes; what has none cannot be signed off. */
  readonly id?: string;
}

/** @throws ProjectError `wrong-call` (exit 2) for a word that is none of them */
export function readFailOn(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  return text.split(",").map((word) => {
    if (FAIL_ON.includes(word.trim())) return word.trim();
    throw wrongCall(`--fail-on does not know "${word}"`, `known: ${FAIL_ON.join(", ")}`);
  });
}

/**
 * Everything in a review that a gate can ask for. A plan that is errored or incomplete is unknown
 * in what it lacks.
 */
export function gateItemsIn({ stacks, access, notExamined = [], findings }: Review): readonly GateItem[] {
  const grows = access.filter(
    // What gains by a change that could not be settled in the other direction gains.
    ({ relation, sentences }) =>
      relation === "broader" ||
      relation === "both-ways" ||
      sentences.some(({ effect }) => effect === "gained"),
  );
  const resources = stacks.flatMap((stack) => stack.resources);
  const withAction = (...actions: readonly string[]) =>
    resources.filter(({ action }) => actions.includes(action));
  return [
    ...grows.map(({ id }) => ({ kind: "broader", id })),
    ...access.filter(({ relation }) => relation === "unknown").map(({ id }) => ({ kind: "unknown", id })),
    ...stacks
      .filter(({ isErrored, isIncomplete }) => isErrored || isIncomplete)
      .map(() => ({ kind: "unknown" })),
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
      SEVERITIES.slice(SEVERITIES.indexOf(severity)).map((least) => ({ kind: `finding:${least}`, id })),
    ),
  ];
}

/**
 * What keeps a review from passing, and what of it somebody has signed off.
 * @param wanted words of `--fail-on`
 * @param accepted ids; what has none cannot be signed off
 */
export function gateOf(
  review: Review,
  wanted: readonly string[],
  accepted: readonly string[],
): { readonly failing: readonly GateItem[]; readonly accepted: readonly string[] } {
  const items = gateItemsIn(review);
  const isSignedOff = ({ id }: GateItem): boolean => id !== undefined && accepted.includes(id);
  return {
    failing: items.filter((item) => wanted.includes(item.kind) && !isSignedOff(item)),
    accepted: [...new Set(items.filter(isSignedOff).flatMap(({ id }) => id ?? []))].sort(compareText),
  };
}
