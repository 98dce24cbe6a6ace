import { listPhrases } from "../../describe/list";
import { capitalised, type Phrase, quoted } from "../../describe/phrase";
import type { DataLoss, ResourceChange } from "../../plan/resource-change";
import type { Review } from "../model/review";
import type { AccessRow } from "./access-row";
import type { NamedRow } from "./merge-rows";

/** Whether a row is about data that a plan destroys or protects less, and not about access. */
export function isOfData({ changes, class: risk }: AccessRow): boolean {
  return changes.length === 0 && risk === "data-destruction";
}

/**
 * Data stores that a plan destroys, replaces or protects less, as rows: what a role could destroy
 * is a serious risk, and so is what the plan itself destroys.
 */
export function dataRowsOf({ stacks }: Review): readonly NamedRow[] {
  return stacks.flatMap(({ name: stack, resources }) =>
    resources.flatMap((resource) =>
      resource.dataLoss === undefined ? [] : [dataRow(stack, resource, resource.dataLoss)],
    ),
  );
}

function dataRow(stack: string, { address, id }: ResourceChange, loss: DataLoss): NamedRow {
  const name = loss.name === "" ? address : loss.name;
  const subject: Phrase = [`${loss.store} `, quoted(name)];
  const isLost = loss.effect !== "less-protected" && loss.kept === undefined;
  const row: AccessRow = {
    level: isLost ? "severe" : "grows",
    class: "data-destruction",
    risk: isLost
      ? "data destroyed"
      : loss.effect === "less-protected"
        ? "data less protected"
        : `data store ${loss.effect}`,
    what: capitalised([...subject, ...whatOf(loss)]),
    who: [],
    from: [],
    headlines: [
      [...subject, ...whatOf(loss)],
      [...subject, shortOf(loss)],
    ],
    addresses: [address],
    stacks: [stack],
    ids: loss.effect === "less-protected" ? [] : [id],
    changes: [],
  };
  return { row, name };
}

function whatOf(loss: DataLoss): Phrase {
  const { effect, kept, lost = [] } = loss;
  if (effect === "less-protected") return [" ", ...listPhrases(lost.map((one) => [one]))];
  if (kept === undefined) return [shortOf(loss)];
  return [`${verbOf(effect)}${kept.startsWith("only ") ? ", " : ": "}${kept}`];
}

/** What becomes of it, without what keeps its data. */
function shortOf({ effect, kept, lost: [first = ""] = [] }: DataLoss): string {
  if (effect === "less-protected") return ` ${first}`;
  return kept === undefined ? `${verbOf(effect)}${WITH_DATA[effect]}` : verbOf(effect);
}

function verbOf(effect: "destroyed" | "replaced"): string {
  return effect === "destroyed" ? " is destroyed" : " is destroyed and created anew";
}

const WITH_DATA = { destroyed: " with its data", replaced: ", without its data" } as const;
