import { compareText } from "../collections/sort";
import type { StatementChange } from "./resource-change";
import type { StatementPart } from "./statement-parts";

type Line = StatementChange["lines"][number];
type Parts = ReadonlyMap<string, StatementPart>;

/** A longer list is shown with one value a line. */
const MOST_CHARACTERS = 80;

/**
 * A changed statement, one element a line.
 * @param before undefined: the statement is new
 */
export function linesOf(before: Parts | undefined, after: Parts | undefined): readonly Line[] {
  const names = [...new Set([...(after?.keys() ?? []), ...(before?.keys() ?? [])])];
  return names.flatMap((name) => {
    const [old, now] = [before?.get(name)?.values, after?.get(name)?.values];
    const label = name === "" ? "" : `${name}: `;
    if (now === undefined) return listed("-", label, texts(old));
    if (old === undefined) return listed("+", label, texts(now));
    if (isSame(old, now)) return listed(" ", label, texts(now));
    if (old.size === 1 && now.size === 1)
      return [...listed("-", label, texts(old)), ...listed("+", label, texts(now))];
    return changedList(label, old, now);
  });
}

function texts(values: ReadonlyMap<string, string> | undefined): readonly string[] {
  return [...(values?.values() ?? [])].map((text) => JSON.stringify(text));
}

function isSame(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one.keys()].every((key) => other.has(key));
}

function listed(mark: Line["mark"], label: string, values: readonly string[]): readonly Line[] {
  const [only, ...others] = values;
  if (only !== undefined && others.length === 0) return [{ mark, text: `${label}${only}` }];
  const short = `${label}[${values.join(", ")}]`;
  if (short.length <= MOST_CHARACTERS) return [{ mark, text: short }];
  return [
    { mark, text: `${label}[` },
    ...values.map((value) => ({ mark, text: `  ${value}` })),
    { mark, text: "]" },
  ];
}

function changedList(
  label: string,
  old: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): readonly Line[] {
  const values = [...new Map([...old, ...now])].sort(([, one], [, other]) => compareText(one, other));
  return [
    { mark: " ", text: `${label}[` },
    ...values.map(([key, value]): Line => {
      const mark = !old.has(key) ? "+" : now.has(key) ? " " : "-";
      return { mark, text: `  ${JSON.stringify(value)}` };
    }),
    { mark: " ", text: "]" },
  ];
}
