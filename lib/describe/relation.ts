import type { PermissionsComparison } from "../iam/prove/requests/request-counterexample";
import type { InEachLanguage, Language } from "./language";

/** How access after a change compares with access before it. */
export type Relation = PermissionsComparison["relation"];

/** Whether a change gives access or takes it away. */
type Effect = "gained" | "lost";

const WORDS: Readonly<Record<Relation, InEachLanguage>> = {
  broader: { en: "broader", ja: "拡大" },
  narrower: { en: "narrower", ja: "縮小" },
  "both-ways": { en: "broader and narrower", ja: "一部拡大、一部縮小" },
  same: { en: "equivalent", ja: "変更なし" },
  unknown: { en: "undetermined", ja: "判定不能" },
};

export function relationWord(relation: Relation, language: Language = "en"): string {
  return WORDS[relation][language];
}

/** The verb of a sentence about access: who "can now", or "can no longer", do something. */
export const CAN: Readonly<Record<Effect, string>> = { gained: "can now", lost: "can no longer" };

/** What a change of access consists of, as far as growth is concerned. */
interface Change {
  readonly relation: Relation;
  readonly sentences?: readonly { readonly effect: Effect }[];
}

/**
 * Whether access grows by a change. A change that could not be compared in the other direction
 * grows too if a gain is proven.
 */
export function accessGrows({ relation, sentences = [] }: Change): boolean {
  return isBroader(relation) || sentences.some(({ effect }) => effect === "gained");
}

/** Whether access is only taken away. */
export function accessShrinks(change: Change): boolean {
  const { relation, sentences = [] } = change;
  if (relation === "unknown" || accessGrows(change)) return false;
  return relation === "narrower" || sentences.some(({ effect }) => effect === "lost");
}

/** What two changes are together, where each is about others than the other one. */
export function together(relations: readonly Relation[]): Relation {
  if (relations.includes("unknown")) return "unknown";
  const grows = relations.some(isBroader);
  const shrinks = relations.some((one) => one === "narrower" || one === "both-ways");
  if (grows) return shrinks ? "both-ways" : "broader";
  return shrinks ? "narrower" : "same";
}

function isBroader(relation: Relation): boolean {
  return relation === "broader" || relation === "both-ways";
}
