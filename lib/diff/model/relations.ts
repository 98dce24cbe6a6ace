import type { Relation } from "./access-change";

/** What two changes are together, where each is about others than the other one. */
export function together(relations: readonly Relation[]): Relation {
  if (relations.includes("unknown")) return "unknown";
  const grows = relations.some((one) => one === "broader" || one === "both-ways");
  const shrinks = relations.some((one) => one === "narrower" || one === "both-ways");
  if (grows) return shrinks ? "both-ways" : "broader";
  return shrinks ? "narrower" : "same";
}
