/**
 * What a change of access amounts to, most serious first. Rules and sources in full:
 * docs/review/risk.md. A change has the highest class that one of its gains has, or, without
 * gains, that one of its losses has.
 */
export const RISK_CLASSES = [
  /** Every action on every resource, or everything but some that the policies name. */
  "administrator",
  /** Calls with which a principal can give itself permissions that it does not have. */
  "privilege-escalation",
  /** The public, another account or organization, or code of another repository gets access. */
  "external-access",
  /** All data of a service: every secret, every object, every table. */
  "all-data",
  /** Data stores, their backups or their keys can be destroyed. */
  "data-destruction",
  /** The effect could not be determined: it may be any of the classes. */
  "undetermined",
  /** More people, refs or resources may act as a principal that exists. */
  "wider-trust",
  /** Further actions, or the same on further resources. */
  "new-actions",
  /** Sessions may last longer. */
  "longer-session",
  /** A change of access that is none of these, such as policies that are no longer removed. */
  "other",
  /** Access stays the same. */
  "none",
] as const;

export type RiskClass = (typeof RISK_CLASSES)[number];

/** Whether a class amounts to all permissions: to having them, or to a way to them. */
export function isAdministration(risk: RiskClass): boolean {
  return risk === "administrator" || risk === "privilege-escalation";
}

/** For sorting: the most serious first. */
export function compareRisks(one: RiskClass, other: RiskClass): number {
  return RISK_CLASSES.indexOf(one) - RISK_CLASSES.indexOf(other);
}

/** Whether a class is as serious as another, or more. */
export function isAtLeastRisk(one: RiskClass, least: RiskClass): boolean {
  return compareRisks(one, least) <= 0;
}
