import type { ActionCatalogue } from "../data/action-details";
import type { Permissions } from "../prove/requests/compare-permissions";
import { type Administrator, administratorOf, degreeOf } from "./administrator";
import { type AllData, allDataBetween } from "./all-data";
import { type Destruction, destructionsBetween } from "./data-destruction";
import { type Effective, effectiveOf } from "./effective";
import type { EscalationPath } from "./escalation/escalation-path";
import { escalationsBetween } from "./escalation/escalations";

/** The most serious thing that permissions allow, with all that shows it. */
export type PermissionRisk =
  | ({ readonly class: "administrator" } & Administrator)
  | { readonly class: "privilege-escalation"; readonly paths: readonly EscalationPath[] }
  | { readonly class: "all-data"; readonly data: readonly AllData[] }
  | { readonly class: "data-destruction"; readonly destructions: readonly Destruction[] };

/**
 * The most serious risk that permissions have after a change and did not have before, decided over
 * effective permissions: what identity-based policies allow within boundary and session policies.
 * Policies with unknown contents count for nothing. Undefined: none of these risks is new.
 * @param before undefined: nothing was allowed
 * @param catalogue has the types of the resources that are shown
 */
export function riskBetween(
  before: Permissions | undefined,
  after: Permissions,
  catalogue?: ActionCatalogue,
): PermissionRisk | undefined {
  const [was, is] = [before && effectiveOf(before), effectiveOf(after)];
  return (
    administratorBetween(was, is) ??
    escalationBetween(was, is) ??
    allDataRiskBetween(was, is) ??
    destructionBetween(was, is, catalogue)
  );
}

/** All risks that permissions have, the most serious first: of an administrator, that alone. */
export function allRisksOf(permissions: Permissions, catalogue?: ActionCatalogue): readonly PermissionRisk[] {
  const effective = effectiveOf(permissions);
  const administrator = administratorBetween(undefined, effective);
  if (administrator !== undefined) return [administrator];
  const risks = [escalationBetween, allDataRiskBetween, destructionBetween];
  return risks.flatMap((between) => between(undefined, effective, catalogue) ?? []);
}

function administratorBetween(before: Effective | undefined, after: Effective): PermissionRisk | undefined {
  const administrator = administratorOf(after);
  if (administrator === undefined) return undefined;
  const isMore = degreeOf(administrator) > degreeOf(before && administratorOf(before));
  return isMore ? { class: "administrator", ...administrator } : undefined;
}

function escalationBetween(before: Effective | undefined, after: Effective): PermissionRisk | undefined {
  const paths = escalationsBetween(before, after);
  return paths.length === 0 ? undefined : { class: "privilege-escalation", paths };
}

function allDataRiskBetween(before: Effective | undefined, after: Effective): PermissionRisk | undefined {
  const data = allDataBetween(before, after);
  return data.length === 0 ? undefined : { class: "all-data", data };
}

function destructionBetween(
  before: Effective | undefined,
  after: Effective,
  catalogue?: ActionCatalogue,
): PermissionRisk | undefined {
  const destructions = destructionsBetween(before, after, catalogue);
  return destructions.length === 0 ? undefined : { class: "data-destruction", destructions };
}
