import { quoted } from "../../describe/phrase";
import { ACTION_WORDS, isGrave } from "../../plan/action-words";
import type { ResourceChange } from "../../plan/resource-change";
import { attributeLines } from "./attribute-lines";
import { type Block, counted, type Inline, strong } from "./block";
import type { Detail } from "./detail";

/** Changes one after the other, those that destroy or replace first. */
export function resourceBlocks(changes: readonly ResourceChange[], detail: Detail): readonly Block[] {
  const ordered = [...changes.filter(isGrave), ...changes.filter((change) => !isGrave(change))];
  if (detail.attributes === "values") return ordered.flatMap((change) => oneResource(change, detail));
  const rows = ordered.map((change) => [
    actionOf(change),
    [quoted(change.address)],
    joined([...circumstances(change), ...(detail.attributes === "names" ? names(change) : [])]),
  ]);
  return rows.length === 0 ? [] : [{ kind: "table", header: [["does"], ["resource"], ["how"]], rows }];
}

function oneResource(change: ResourceChange, detail: Detail): readonly Block[] {
  const { lines, long } = attributeLines(change.attributes, change.replacedFor, detail);
  const how = joined(circumstances(change));
  return [
    {
      kind: "paragraph",
      text: [...actionOf(change), " ", quoted(change.address), ...(how.length === 0 ? [] : [": ", ...how])],
    },
    ...(lines.length === 0 ? [] : [{ kind: "diff", lines } as const]),
    ...long.map(
      (one): Block => ({
        kind: "details",
        summary: [quoted(one.path), `, ${counted(one.characters, "character")}`],
        blocks: [{ kind: "diff", lines: one.lines }],
      }),
    ),
  ];
}

/** One that gets lost comes with its id: that is what somebody signs off. */
function actionOf(change: ResourceChange): Inline {
  const word = ACTION_WORDS[change.action];
  return isGrave(change) ? [strong(word)] : [word];
}

function circumstances(change: ResourceChange): readonly Inline[] {
  const { reason, previousAddress, importId, replacedFor } = change;
  return [
    ...(previousAddress === undefined ? [] : [["from ", quoted(previousAddress)]]),
    ...(importId === undefined ? [] : [["id ", quoted(importId)]]),
    ...(replacedFor.length === 0 ? [] : [["forced by ", ...list(replacedFor)]]),
    ...(reason === undefined ? [] : [reason]),
    ...(isGrave(change) ? [["sign off with ", quoted(change.id)]] : []),
  ];
}

function names({ attributes }: ResourceChange): readonly Inline[] {
  return attributes.length === 0 ? [] : [list(attributes.map(({ path }) => path))];
}

function list(texts: readonly string[]): Inline {
  return texts.flatMap((text, index) => (index === 0 ? [quoted(text)] : [", ", quoted(text)]));
}

function joined(parts: readonly Inline[]): Inline {
  return parts.flatMap((part, index) => (index === 0 ? part : ["; ", ...part]));
}
