import { capitalised, type Phrase, plainText, quoted } from "../../describe/phrase";
import { relationWord } from "../../describe/relation";
import type { AccessChange } from "../../diff/model/access-change";
import type { AccessRow } from "../rows/access-row";
import { topicOf } from "../rows/access-words";
import { trialsOf } from "../rows/commands";
import { sentenceLines } from "../rows/sentence-lines";
import { acceptFlag, type Block, type Inline, type ListItem, named, strong } from "./block";
import { LEVEL_MARKS } from "./level-marks";

/**
 * All that a row stands for, folded: each change with its id and its sentences, then the tokens and
 * calls that prove them, with commands that try them.
 */
export function rowDetails(row: AccessRow, hasEvidence: boolean): readonly Block[] {
  if (row.changes.length === 0) return [];
  return [
    {
      kind: "details",
      summary: [LEVEL_MARKS[row.level], " ", ...titleOf(row)],
      blocks: row.changes.flatMap((change): readonly Block[] => [
        { kind: "list", items: [changeItem(change)] },
        ...(hasEvidence ? evidenceOf(change) : []),
      ]),
    },
  ];
}

/** A summary is one line. */
const TITLE_CHARACTERS = 100;

function titleOf({ headlines, what }: AccessRow): Phrase {
  const short = headlines.find((one) => plainText(one).length <= TITLE_CHARACTERS);
  return capitalised(short ?? headlines.at(-1) ?? what);
}

/** A change of access in a line, with its sentences below it. */
export function changeItem(change: AccessChange): ListItem {
  const { id, stack, addresses, source, relation, reason } = change;
  const text: Inline = [
    strong(`${relationWord(relation)}${source === "drift" ? ", changed outside of Terraform" : ""}`),
    ": ",
    ...(relation === "unknown"
      ? ["the effect on ", ...topicOf(change), " could not be determined"]
      : topicOf(change)),
    ...(reason === undefined ? [] : [": ", ...reason]),
    " (",
    ...named(addresses),
    " in ",
    quoted(stack),
    ...(source === "plan" && (relation === "same" || relation === "narrower")
      ? []
      : [", accept with ", acceptFlag(id)]),
    ")",
  ];
  return { text, items: sentenceLines(change).map((phrase) => ({ text: phrase })) };
}

/** Commands without facts between them are one block, to be copied at once. */
function evidenceOf(change: AccessChange): readonly Block[] {
  const blocks: Block[] = [];
  let done = "";
  for (const { facts, setUp, commands } of trialsOf(change)) {
    if (facts.length > 0)
      blocks.push({ kind: "diff", lines: facts.map((text) => ({ mark: " ", text }) as const) });
    if (commands.length === 0) continue;
    const last = blocks.at(-1);
    const before = last?.kind === "shell" ? [...last.lines, ""] : [];
    const isSetUp = before.length > 0 && setUp.join("\n") === done;
    const lines = [...before, ...(isSetUp ? [] : setUp), ...commands];
    if (last?.kind === "shell") blocks[blocks.length - 1] = { kind: "shell", lines };
    else blocks.push({ kind: "shell", lines });
    done = setUp.join("\n");
  }
  return blocks;
}
