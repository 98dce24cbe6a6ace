import { counted } from "../../describe/list";
import { quoted } from "../../describe/phrase";
import { ACTION_WORDS, isDestructive } from "../../plan/action-words";
import type { ResourceChange } from "../../plan/resource-change";
import { attributeLines } from "./attribute-lines";
import { acceptFlag, type Block, type Inline, named, strong } from "./block";
import type { Detail } from "./detail";

/** The changes of resources: those that destroy or replace first. */
export function resourceBlocks(changes: readonly ResourceChange[], detail: Detail): readonly Block[] {
  const ordered = [...changes.filter(isDestructive), ...changes.filter((change) => !isDestructive(change))];
  if (detail.attributes === "values") return ordered.flatMap((change) => oneResource(change, detail));
  const rows = ordered.map((change) => [
    actionOf(change),
    [quoted(change.address)],
    joined([...detailsOf(change), ...(detail.attributes === "names" ? names(change) : [])]),
  ]);
  return rows.length === 0 ? [] : [{ kind: "table", header: [["action"], ["resource"], ["details"]], rows }];
}

function oneResource(change: ResourceChange, detail: Detail): readonly Block[] {
  const { lines, long } = attributeLines(change.attributes, change.replacedFor, detail);
  const how = joined(detailsOf(change));
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

function actionOf(change: ResourceChange): Inline {
  const word = ACTION_WORDS[change.action];
  return isDestructive(change) ? [strong(word)] : [word];
}

function detailsOf(change: ResourceChange): readonly Inline[] {
  const { reason, previousAddress, importId, replacedFor } = change;
  return [
    ...(previousAddress === undefined ? [] : [["moved from ", quoted(previousAddress)]]),
    ...(importId === undefined ? [] : [["import ID ", quoted(importId)]]),
    ...(replacedFor.length === 0 ? [] : [["forced by ", ...named(replacedFor)]]),
    ...(reason === undefined ? [] : [reason]),
    ...(isDestructive(change) ? [["accept with ", acceptFlag(change.id)]] : []),
  ];
}

function names({ attributes }: ResourceChange): readonly Inline[] {
  return attributes.length === 0 ? [] : [named(attributes.map(({ path }) => path))];
}

function joined(parts: readonly Inline[]): Inline {
  return parts.flatMap((part, index) => (index === 0 ? part : ["; ", ...part]));
}
