import { joinPhrases, type Phrase } from "../../describe/phrase";
import type { PlanContext, Step } from "../context/plan-context";
import type { Snapshot } from "../context/timelines";
import type { Comparison } from "../coverage/examined";
import type { AccessChange } from "../model/access-change";
import { changeOf } from "../model/change";
import { driftOutcome } from "../model/drift-outcome";
import type { RisksByEffect } from "../risk/described-risk";
import { riskOf } from "../risk/risk-of";

/** Compares one kind of access before and after a step: the plan, or drift. */
export interface AccessHandler {
  /** Unique, such as `runs-as`. */
  readonly name: string;
  /** The row of the coverage table that it serves. Undefined: it serves every type. */
  readonly comparison: Comparison | undefined;
  /** @param reported changes of the same step that earlier handlers found */
  readonly changesIn: (
    step: Step,
    context: PlanContext,
    reported: readonly AccessChange[],
  ) => readonly AccessChange[];
}

/** One item before and after a step. */
export interface Compared<Item, State> {
  readonly item: Item;
  readonly before: State;
  readonly after: State;
  readonly step: Step;
  readonly context: PlanContext;
}

/**
 * What a handler says of a difference. The driver adds the source, the plain data before and after,
 * what the plan does about drift, and the id.
 */
export interface Description
  extends Pick<
    AccessChange,
    "stack" | "aspect" | "subject" | "addresses" | "relation" | "sentences" | "documents"
  > {
  readonly account?: string | undefined;
  /** Why the relation is unknown, or a note for the reviewer. */
  readonly reasons: readonly Phrase[];
  /** What is known of the risk besides what follows from aspect and sentences. */
  readonly risks?: RisksByEffect;
}

/**
 * A handler in its steps: choose items, normalise each to a state in two snapshots, compare the
 * states, describe the difference.
 */
interface HandlerSteps<Item, State, Difference> {
  readonly name: string;
  readonly comparison?: Comparison;
  /** Roles, buckets, resources and the like that the step touches. */
  readonly itemsIn: (step: Step, context: PlanContext, reported: readonly AccessChange[]) => readonly Item[];
  /** What an item grants in a snapshot, in the form that is compared. */
  readonly normalise: (item: Item, snapshot: Snapshot, context: PlanContext, step: Step) => State;
  /** The state as plain data. Equal data: equal access. The id of a change is made of it. */
  readonly dataOf: (state: State) => unknown;
  /** What differs. Undefined: nothing that a reviewer has to know. */
  readonly compare: (compared: Compared<Item, State>) => Difference | undefined;
  readonly describe: (difference: Difference, compared: Compared<Item, State>) => Description;
  /** What the plan does about drift. Default: whether it keeps the drift or reverts it. */
  readonly describeDrift?: (compared: Compared<Item, State>, planned: State) => readonly Phrase[];
}

/** A handler that runs these steps for each item. */
export function handlerOf<Item, State, Difference>(
  steps: HandlerSteps<Item, State, Difference>,
): AccessHandler {
  const { name, comparison, itemsIn, normalise } = steps;
  const changeIn = (item: Item, step: Step, context: PlanContext): readonly AccessChange[] => {
    const stateIn = (snapshot: Snapshot) => normalise(item, snapshot, context, step);
    const compared = { item, before: stateIn(step.from), after: stateIn(step.to), step, context };
    const difference = steps.compare(compared);
    if (difference === undefined) return [];
    const { reasons, account, risks = {}, ...description } = steps.describe(difference, compared);
    const isKept = step.source === "drift" && !context.isWithoutPlan;
    const drift = isKept ? describeDrift(steps, compared, stateIn("planned")) : [];
    const reason = joinPhrases([...reasons, ...drift], "; ");
    return [
      changeOf({
        ...description,
        ...(account === undefined ? {} : { account }),
        ...(reason.length === 0 ? {} : { reason }),
        source: step.source,
        risk: riskOf(description, risks, context),
        before: steps.dataOf(compared.before),
        after: steps.dataOf(compared.after),
      }),
    ];
  };
  return {
    name,
    comparison,
    changesIn: (step, context, reported) =>
      itemsIn(step, context, reported).flatMap((item) => changeIn(item, step, context)),
  };
}

function describeDrift<Item, State, Difference>(
  steps: HandlerSteps<Item, State, Difference>,
  compared: Compared<Item, State>,
  planned: State,
): readonly Phrase[] {
  if (steps.describeDrift !== undefined) return steps.describeDrift(compared, planned);
  const [before, after, next] = [compared.before, compared.after, planned].map(steps.dataOf);
  return [driftOutcome(before, after, next)];
}
