import type { Phrase } from "../../describe/phrase";

/**
 * What the plan does about drift. @param data what there is in each of the three snapshots, as
 * plain data
 */
export function driftOutcome(was: unknown, found: unknown, planned: unknown): Phrase {
  const [one, two, three] = [was, found, planned].map((data) => JSON.stringify(data));
  if (three === two) return ["the plan keeps it"];
  return three === one ? ["the plan reverts it"] : ["the plan changes it to a third value"];
}
