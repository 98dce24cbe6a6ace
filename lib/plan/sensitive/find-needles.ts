import { groupBy } from "../../collections/group-by";
import type { Needle } from "./needles";

/** From the first character to the one behind the last. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Needles are found by their first characters: so many, which fit into 32 bits. */
const HEAD = 4;
/** Most places of a text begin no needle: a table of this size says so without looking further. */
const TABLE = 1 << 16;

/**
 * A search for many texts at once, in one pass for any number of them.
 * @returns a function that finds their ranges, which can overlap
 */
export function finderOf(needles: readonly Needle[]): (text: string) => readonly Range[] {
  const byHead = groupBy(needles, ({ text }) => headAt(text, 0));
  const table = new Uint8Array(TABLE);
  for (const head of byHead.keys()) table[place(head)] = 1;
  return (text) => {
    const found: Range[] = [];
    if (text.length < HEAD) return found;
    let head = headAt(text, 0);
    for (let start = 0; ; start += 1) {
      if (table[place(head)] === 1)
        for (const needle of byHead.get(head) ?? []) pushIfThere(text, start, needle, found);
      if (start + HEAD >= text.length) return found;
      head = (head << 8) ^ text.charCodeAt(start + HEAD);
    }
  };
}

/**
 * The shifts drop all but the last four characters, so the value can be updated from one position
 * to the next.
 */
function headAt(text: string, start: number): number {
  let head = 0;
  for (let index = start; index < start + HEAD; index += 1) head = (head << 8) ^ text.charCodeAt(index);
  return head;
}

function place(head: number): number {
  return (head ^ (head >>> 15)) & (TABLE - 1);
}

function pushIfThere(text: string, start: number, { text: wanted, kind }: Needle, found: Range[]): void {
  if (!text.startsWith(wanted, start)) return;
  const end = start + wanted.length;
  if (kind === "base64") found.push(wholeRun(text, start, end));
  else if (kind === "anywhere" || !(isWord(text, start - 1) || isWord(text, end))) found.push({ start, end });
}

function isWord(text: string, index: number): boolean {
  return index >= 0 && index < text.length && /[\p{L}\p{N}]/u.test(text.charAt(index));
}

function wholeRun(text: string, from: number, to: number): Range {
  const isEncoded = (index: number): boolean => /[A-Za-z0-9+/=_-]/.test(text.charAt(index));
  let [start, end] = [from, to];
  while (start > 0 && isEncoded(start - 1)) start -= 1;
  while (end < text.length && isEncoded(end)) end += 1;
  return { start, end };
}
