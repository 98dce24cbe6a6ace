import type { AttributeChange } from "../../plan/resource-change";
import type { DiffLine } from "./block";
import type { Detail } from "./detail";
import { changedValueLines, shortened } from "./value-lines";

/** An attribute whose values are long: it is folded. */
interface LongAttribute {
  readonly path: string;
  readonly characters: number;
  readonly lines: readonly DiffLine[];
}

interface AttributeLines {
  readonly lines: readonly DiffLine[];
  readonly long: readonly LongAttribute[];
}

/** Longer values, and those of more lines, are folded. */
const LONG_CHARACTERS = 300;
const LONG_LINES = 20;

/**
 * The attributes of a change as lines of a diff.
 * @param replacedFor paths that force replacement: their new lines are marked with `!`
 */
export function attributeLines(
  attributes: readonly AttributeChange[],
  replacedFor: readonly string[],
  detail: Pick<Detail, "valueCharacters" | "foldsLonger">,
): AttributeLines {
  const forcing = new Set(replacedFor);
  const lines: DiffLine[] = [];
  const long: LongAttribute[] = [];
  for (const attribute of attributes) {
    const own = linesOf(attribute, forcing.has(attribute.path), detail.valueCharacters);
    const characters = own.reduce((sum, { text }) => sum + text.length, 0);
    const isLong = characters > LONG_CHARACTERS || own.length > LONG_LINES;
    if (detail.foldsLonger && isLong) long.push({ path: attribute.path, characters, lines: own });
    else lines.push(...own);
  }
  return { lines, long };
}

function linesOf(
  { path, before, after, statements }: AttributeChange,
  isForcing: boolean,
  most: number,
): readonly DiffLine[] {
  const note = isForcing ? " (forces replacement)" : "";
  if (statements !== undefined) {
    if (statements.length === 0)
      return [{ mark: " ", text: `${path}: equivalent, only the text differs${note}` }];
    return [
      { mark: isForcing ? "!" : " ", text: `${path}:${note}` },
      ...statements.flatMap(({ effect, name, lines }): readonly DiffLine[] => [
        { mark: MARKS[effect], text: `  ${name}: ${effect}` },
        ...lines.map(({ mark, text }): DiffLine => ({ mark, text: `    ${shortened(text, most)}` })),
      ]),
    ];
  }
  return changedValueLines(path, before, after, { most, note, newMark: isForcing ? "!" : "+" });
}

const MARKS = { added: "+", removed: "-", changed: "!" } as const;
