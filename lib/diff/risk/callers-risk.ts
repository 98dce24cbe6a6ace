import { listPhrases } from "../../describe/list";
import { distinctPhrases, type Phrase, quoted } from "../../describe/phrase";
import type { RiskClass } from "../../iam/risk/classes";
import type { PlanContext } from "../context/plan-context";
import type { FoundRequests } from "../requests/found-requests";
import type { FoundRequest } from "../requests/gained-by-pieces";
import { callersOf } from "../requests/request-sentences";
import type { DescribedRisk, RisksByEffect } from "./described-risk";
import { isExternalRequest } from "./external-callers";

/** So many callers and extents are named; the rest is counted. */
const SHOWN = 3;

/**
 * The risk of what a resource's policy allows: external access, if any of those whom it lets in are
 * outside; else the class of the aspect. All requests count, not only those that are shown.
 */
export function callersRisk(found: FoundRequests, context: PlanContext): RisksByEffect {
  const riskOf = (effect: "gained" | "lost"): DescribedRisk => {
    const requests = [...found[effect], ...found.others[effect]];
    if (requests.length === 0) return {};
    const isExternal = requests.some((one) => isExternalRequest(one, context));
    return {
      class: isExternal ? "external-access" : INTERNAL,
      who: listPhrases(distinctPhrases(requests.map((one) => callersOf(one).who)), { most: SHOWN }),
      extent: extentOf(requests),
    };
  };
  return { gained: riskOf("gained"), lost: riskOf("lost") };
}

const INTERNAL: RiskClass = "new-actions";

/** As the policy names it, and the example only where no statement covers it. */
function extentOf(requests: readonly FoundRequest[]): Phrase {
  const extents = requests.map(
    ({ action, by, resource, on }): Phrase => [
      ...(by ?? [quoted(action)]),
      " on ",
      ...(on ?? [quoted(resource)]),
    ],
  );
  return listPhrases(distinctPhrases(extents), { most: SHOWN });
}
