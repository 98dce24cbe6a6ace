import { listPhrases } from "../../../describe/list";
import { describeStatement, widestFirst } from "../../../describe/permission";
import { type Phrase, quoted } from "../../../describe/phrase";
import type { PermissionSource } from "../../../iam/prove/requests/compare-permissions";

/** A boundary of one side of a change. */
export interface BoundarySide {
  /** As it is called; the id of the policy. */
  readonly name: string;
  readonly id: string;
  readonly content: PermissionSource;
}

/** What is gained or lost, beside an example of it. */
interface Shown {
  readonly effect: "gained" | "lost";
  /** `s3:PutObject` on `arn:…`. */
  readonly call: Phrase;
  /** Whether the change also gains what the call is not about. */
  readonly isBeside: boolean;
}

/**
 * What a boundary that changes comes to, by what it allows: an example says too little, and what
 * the principal's own policies allow, such as `*`, is neither gained nor lost. Contents that are
 * not known are not said.
 * @param sides undefined: there is no boundary
 */
export function describeBoundary(
  whose: Phrase,
  [before, after]: readonly [before: BoundarySide | undefined, after: BoundarySide | undefined],
  { effect, call, isBeside }: Shown,
): Phrase {
  const [allowed, allows] = [extentOf(before), extentOf(after)];
  if (before === undefined || after === undefined) {
    const name: Phrase = ["permissions boundary ", quoted(shortName(before ?? after))];
    const [verb, how, extent] =
      before === undefined
        ? ([" now limits ", ", which leaves at most ", allows] as const)
        : ([" no longer limits ", ", which it limited to ", allowed] as const);
    return [...name, verb, ...whose, ...(extent === undefined ? [] : [how, ...extent])];
  }
  const own: Phrase = ["the permissions boundary of ", ...whose];
  if (isBeside) return [...own, " no longer allows all that it allowed, such as ", ...call];
  if (allowed === undefined || allows === undefined)
    return [...own, ` now allows ${effect === "gained" ? "more" : "less"}, such as `, ...call];
  const now: Phrase = [effect === "lost" ? "only " : "", ...allows];
  if (before.id === after.id) return [...own, " now allows ", ...now, ", instead of ", ...allowed];
  return [
    ...["permissions boundary ", quoted(shortName(before)), " of ", ...whose, " is replaced by "],
    ...[quoted(shortName(after)), ", which allows ", ...now, " instead of ", ...allowed],
  ];
}

/**
 * An account's own policies have one name each, whatever their paths (IAM User Guide, "IAM
 * quotas").
 */
function shortName(side: BoundarySide | undefined): string {
  const name = side?.name ?? "";
  return /^arn:[^:]+:iam::\d{12}:policy\/(?:.*\/)?([^/]+)$/.exec(name)?.[1] ?? name;
}

/** So many statements of a boundary are named; the rest is counted. */
const SHOWN = 3;

/**
 * All that a boundary allows. Undefined: its contents are not known, or there is none. It does not
 * say how many actions a wildcard is: sentences are part of ids, which newer data must not change.
 */
function extentOf(side: BoundarySide | undefined): Phrase | undefined {
  if (side?.content.kind !== "policy") return undefined;
  const { statements } = side.content.policy;
  const listed = (wanted: "Allow" | "Deny"): Phrase =>
    listPhrases(
      widestFirst(statements.filter(({ effect }) => effect === wanted)).map((one) =>
        describeStatement(one, undefined, wanted === "Deny"),
      ),
      { most: SHOWN },
    );
  const [allowed, denied] = [listed("Allow"), listed("Deny")];
  if (allowed.length === 0) return ["nothing"];
  return denied.length === 0 ? allowed : [...allowed, " except ", ...denied];
}
