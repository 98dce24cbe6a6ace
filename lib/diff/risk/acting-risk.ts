import type { Phrase } from "../../describe/phrase";
import { describePermissionRisk, riskWord } from "../../describe/risk";
import { isAdministration } from "../../iam/risk/classes";
import type { PlanContext } from "../context/plan-context";
import { principalPhrase } from "../context/principal-names";
import type { Principal } from "../context/principals";
import type { Snapshot } from "../context/timelines";
import type { DescribedRisk } from "./described-risk";
import { principalRisk } from "./principal-risk";

/**
 * The risk that more may act as a principal. Those who assume an administrator's role is an
 * administrator.
 * @param does such as: assume
 */
export function actingRisk(
  principal: Principal,
  snapshot: Snapshot,
  context: PlanContext,
  does: string,
): DescribedRisk {
  const risk = principalRisk(principal, snapshot, context);
  const acts: Phrase = [`${does} `, ...principalPhrase(principal)];
  if (risk === undefined || !isAdministration(risk.class)) return { extent: acts };
  return {
    class: risk.class,
    extent: [...acts, ` (${riskWord(risk.class)}: `, ...describePermissionRisk(risk), ")"],
  };
}
