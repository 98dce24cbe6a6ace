import { counted, withSeparators } from "../../describe/list";
import { type Phrase, plainText, quoted } from "../../describe/phrase";
import type { AccessChange } from "../../diff/model/access-change";
import type { Review } from "../model/review";
import type { AccessRow } from "../rows/access-row";
import { isOfData } from "../rows/data-rows";
import { isEquivalent, rowsOf } from "../rows/rows-of";
import { type Block, type Inline, named, strong } from "./block";
import { changeItem, rowDetails } from "./change-blocks";
import type { Detail } from "./detail";
import { LEVEL_MARKS } from "./level-marks";
import { withoutEmptyColumns } from "./table";

/** So many rows are in the table; the rest is folded. */
const MOST_ROWS = 12;
/** So many resources are named in a row, since they do not wrap; its details name all. */
const MOST_ADDRESSES = 1;

/**
 * The changes of access as a table, the most serious first; then the details of each row, folded,
 * and what is equivalent.
 */
export function accessBlocks(review: Review, detail: Detail): readonly Block[] {
  const rows = rowsOf(review);
  const shown = rows.slice(0, detail.most);
  const left = rows.length - shown.length;
  const same = detail.unchanged ? review.access.filter(isEquivalent) : [];
  if (rows.length + same.length === 0) return [];
  const hasStacks = review.stacks.length > 1;
  const [first, rest] = [shown.slice(0, MOST_ROWS), shown.slice(MOST_ROWS)];
  return [
    { kind: "heading", text: [rows.some(isOfData) ? "Access and data" : "Access"] },
    ...(first.length === 0 ? [] : [tableOf(first, hasStacks)]),
    ...(rest.length === 0
      ? []
      : [
          {
            kind: "details",
            summary: [counted(rest.length, "more change")],
            blocks: [tableOf(rest, hasStacks)],
          } as const,
        ]),
    ...(left === 0 ? [] : [{ kind: "paragraph", text: [strong(counted(left, "more change"))] } as const]),
    ...(shown.some(({ ids }) => ids.length > 0) ? [{ kind: "paragraph", text: HOW_TO_ACCEPT } as const] : []),
    ...(detail.sentences ? shown.flatMap((row) => rowDetails(row, detail.evidence)) : []),
    ...folded(
      same.filter((one) => !isForgotten(one)),
      (number) => `Equivalent policies (${number}): only the text differs`,
    ),
    ...folded(
      same.filter(isForgotten),
      (number) => `Forgotten by Terraform (${number}): it remains in AWS with its access`,
    ),
  ];
}

function folded(changes: readonly AccessChange[], title: (number: string) => string): readonly Block[] {
  if (changes.length === 0) return [];
  const items = changes.map(changeItem);
  return [
    { kind: "details", summary: [title(withSeparators(changes.length))], blocks: [{ kind: "list", items }] },
  ];
}

/** By its reason (lib/diff/handlers/trust/forgotten-roles.ts). */
function isForgotten({ reason = [] }: AccessChange): boolean {
  return plainText(reason).startsWith("Terraform forgets it");
}

const HOW_TO_ACCEPT: Phrase = ["Accept with ", quoted("--accept ID"), "; each id covers one change."];

function tableOf(rows: readonly AccessRow[], hasStacks: boolean): Block {
  return withoutEmptyColumns({
    kind: "table",
    main: "What",
    header: [["Risk"], ["What"], ["Who"], ["From"], ["Changed by"], ["Accept"]],
    rows: rows.map((row) => [
      [LEVEL_MARKS[row.level], " ", row.risk],
      row.what,
      row.who,
      row.from,
      changedBy(row, hasStacks),
      named(row.ids),
    ]),
  });
}

function changedBy({ addresses, stacks }: AccessRow, hasStacks: boolean): Inline {
  const left = addresses.length - MOST_ADDRESSES;
  return [
    ...named(addresses.slice(0, MOST_ADDRESSES)),
    ...(left > 0 ? [` and ${left} more`] : []),
    ...(hasStacks ? [" in ", ...named(stacks)] : []),
  ];
}
