import { remembered } from "../../../collections/remembered";
import type { Permissions } from "../../../iam/prove/requests/compare-permissions";
import type { PlanContext } from "../../context/plan-context";
import type { AccessSentence } from "../../model/access-change";
import { KnownComparisons } from "../../permissions/known-comparisons";
import type { Assumers } from "../../permissions/who-assumes";
import type { DescribedRisk, RisksByEffect } from "../../risk/described-risk";
import { permissionsRisk } from "../../risk/permissions-risk";

const KNOWN = new WeakMap<PlanContext, KnownComparisons<DescribedRisk>>();

/** Permissions, and who has them. */
interface Side {
  readonly permissions: Permissions;
  readonly who: () => Assumers;
}

/**
 * Gains and losses are decided when they are asked for, and the driver takes one of the two.
 * @param limits what is said of a boundary that changes: the extent, where no statement is new
 */
export function risksOf(
  before: Side,
  after: Side,
  limits: readonly AccessSentence[],
  context: PlanContext,
): RisksByEffect {
  const known = remembered(KNOWN, context, () => new KnownComparisons<DescribedRisk>());
  const risk = (from: Side, to: Side, effect: AccessSentence["effect"]): DescribedRisk => {
    const { phrase: who, people } = to.who();
    const [limit] = limits.filter((one) => one.effect === effect);
    const found = known.between(from.permissions, to.permissions, () =>
      permissionsRisk(from.permissions, to.permissions, context.aws.actions),
    );
    const extent = found.extent ?? limit?.phrase;
    return { ...found, who, people, ...(extent === undefined ? {} : { extent }) };
  };
  return {
    get gained() {
      return risk(before, after, "gained");
    },
    get lost() {
      return risk(after, before, "lost");
    },
  };
}
