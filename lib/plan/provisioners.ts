import type { PlanJson } from "./plan-json";
import { referencesIn } from "./references";

/**
 * Types of the provisioners that the configuration gives a resource, such as `local-exec`, each
 * once ("JSON Output Format", "Configuration Representation", `provisioners`).
 */
export function provisionersIn(plan: PlanJson, address: string): readonly string[] {
  return referencesIn(plan).provisionersOf(address);
}
