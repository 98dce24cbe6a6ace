import { counted } from "../../describe/list";
import { quoted } from "../../describe/phrase";
import { ACTION_SENTENCES, ACTION_WORDS, DRIFT_SENTENCES, isDestructive } from "../../plan/action-words";
import type { ResourceChange } from "../../plan/resource-change";
import { attributeLines } from "./attribute-lines";
import { acceptFlag, type Block, type Inline, named, strong } from "./block";
import type { Detail } from "./detail";
import { withSameDifference } from "./same-difference";

/** `plan`: what Terraform will do. `drift`: what was changed outside of Terraform. */
type Source = "plan" | "drift";

/** The changes of resources: those that destroy or replace first. */
export function resourceBlocks(
  changes: readonly ResourceChange[],
  detail: Detail,
  source: Source = "plan",
): readonly Block[] {
  const ordered = [...changes.filter(isDestructive), ...changes.filter((change) => !isDestructive(change))];
  if (detail.attributes === "values")
    return withSameDifference(ordered).flatMap((alike) => oneDifference(alike, detail, source));
  const rows = ordered.map((change) => [
    actionOf(change),
    [quoted(change.address)],
    joined([...detailsOf(change), ...(detail.attributes === "names" ? names(change) : [])]),
  ]);
  return rows.length === 0 ? [] : [{ kind: "table", header: [["action"], ["resource"], ["details"]], rows }];
}

function oneDifference(
  [first, ...others]: readonly ResourceChange[],
  detail: Detail,
  source: Source,
): readonly Block[] {
  if (first === undefined) return [];
  const same: Block = {
    kind: "paragraph",
    text: [
      `The same in ${counted(others.length, "more resource")}: `,
      ...others.flatMap(({ address }, at): Inline => [at === 0 ? "" : ", ", quoted(address)]),
    ],
  };
  return [...oneResource(first, detail, source), ...(others.length === 0 ? [] : [same])];
}

function oneResource(change: ResourceChange, detail: Detail, source: Source): readonly Block[] {
  const { lines, long } = attributeLines(change.attributes, change.replacedFor, detail);
  const how = joined(detailsOf(change));
  return [
    {
      kind: "paragraph",
      text: [
        quoted(change.address),
        " ",
        ...sentenceOf(change, source),
        ...(how.length === 0 ? [] : [": ", ...how]),
      ],
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

function sentenceOf(change: ResourceChange, source: Source): Inline {
  const drift = source === "drift" ? DRIFT_SENTENCES[change.action] : undefined;
  const words = drift ?? ACTION_SENTENCES[change.action];
  return isDestructive(change) ? [strong(words)] : [words];
}

function actionOf(change: ResourceChange): Inline {
  const word = ACTION_WORDS[change.action];
  return isDestructive(change) ? [strong(word)] : [word];
}

function detailsOf(change: ResourceChange): readonly Inline[] {
  const { reason, previousAddress, importId, replacedFor } = change;
  return [
    ...(previousAddress === undefined
      ? []
      : [[change.action === "move" ? "from " : "moved from ", quoted(previousAddress)]]),
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
