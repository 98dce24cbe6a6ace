import { withSeparators } from "../../describe/list";
import type { AttributeChange, ShownValue } from "../../plan/resource-change";
import type { DiffLine } from "./block";
import type { Detail } from "./detail";

/** An attribute whose values are long: it is folded. */
export interface LongAttribute {
  readonly path: string;
  readonly characters: number;
  readonly lines: readonly DiffLine[];
}

export interface AttributeLines {
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
  return [
    ...(before.kind === "absent" ? [] : valueLines("-", path, before, most, "")),
    ...(after.kind === "absent" ? [] : valueLines(isForcing ? "!" : "+", path, after, most, note)),
  ];
}

const MARKS = { added: "+", removed: "-", changed: "!" } as const;

function valueLines(
  mark: DiffLine["mark"],
  path: string,
  value: ShownValue,
  most: number,
  note: string,
): readonly DiffLine[] {
  const [first = "", ...rest] = shortened(textOf(value), most).split(/\r\n|\n|\r/);
  return [
    { mark, text: `${path} = ${first}${rest.length === 0 ? note : ""}` },
    ...rest.map(
      (text, index): DiffLine => ({ mark, text: `  ${text}${index === rest.length - 1 ? note : ""}` }),
    ),
  ];
}

export function textOf(value: ShownValue): string {
  switch (value.kind) {
    case "absent":
      return "(none)";
    case "known-after-apply":
      return "(known after apply)";
    case "sensitive":
      return "(sensitive)";
    case "text":
      return value.text;
  }
}

/** The beginning of a text and the number of characters cut; a surrogate pair is never split. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = /[\uD800-\uDBFF]$/.test(text.slice(0, most)) ? most - 1 : most;
  return `${text.slice(0, Math.max(cut, 0))}… (${withSeparators(text.length - cut)} more characters)`;
}
