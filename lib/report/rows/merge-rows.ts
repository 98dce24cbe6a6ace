import { groupBy } from "../../collections/group-by";
import { counted, listPhrases } from "../../describe/list";
import { capitalised, type Phrase, type Quoted, quoted } from "../../describe/phrase";
import { STORE_NOUNS } from "../../plan/data-stores";
import type { AccessRow } from "./access-row";

/** A row, and the name of what it is about. */
export interface NamedRow {
  readonly row: AccessRow;
  readonly name: string;
}

/** So many names are in one row; the rest is counted. */
const MOST_NAMES = 3;

/**
 * Rows that say the same of several subjects, as one row: each of `ann`, `ben`, and `cho` becomes
 * administrator. A row never stands for subjects of which something else is said.
 */
export function mergeAlike(rows: readonly NamedRow[]): readonly AccessRow[] {
  const byText = groupBy(rows, textOf);
  return [...byText.values()].map(merged);
}

function textOf({ row, name }: NamedRow): string {
  const { level, risk, what, who, from, stacks } = row;
  const isNamed = what.some((part) => isName(part, name));
  return JSON.stringify([
    level,
    risk,
    isNamed ? withNames(what, name, [""]) : what,
    who,
    from,
    stacks,
    isNamed || row.ids,
  ]);
}

function merged(rows: readonly NamedRow[]): AccessRow {
  const [first, ...others] = rows.map(({ row }) => row);
  const name = rows[0]?.name;
  if (first === undefined || name === undefined) throw new Error("a group of rows is never empty");
  if (others.length === 0) return first;
  const all = [first, ...others];
  const names = rows.map((one) => one.name);
  const say = (phrase: Phrase): Phrase => withNames(phrase, name, names);
  const short = (phrase: Phrase): Phrase => withNames(phrase, name, names.slice(0, 1), names.length - 1);
  const headlines = first.headlines.filter((one) => one.some((part) => isName(part, name)));
  return {
    ...first,
    what: capitalised(say(first.what)),
    headlines: headlines.flatMap((one) => [say(one), short(one)]),
    addresses: [...new Set(all.flatMap(({ addresses }) => addresses))],
    ids: all.flatMap(({ ids }) => ids),
    changes: all.flatMap(({ changes }) => changes),
  };
}

function isName(part: string | Quoted, name: string): boolean {
  return typeof part !== "string" && part.quoted === name;
}

/**
 * A phrase about one subject as one about several: the first mention names them, later ones say
 * that it is each of them.
 * @param more subjects that are counted behind the names
 */
function withNames(phrase: Phrase, name: string, names: readonly string[], more = 0): Phrase {
  const list = listPhrases(
    [...names.map((one): Phrase => [quoted(one)]), ...(more > 0 ? [[`${more} more`]] : [])],
    { most: MOST_NAMES + (more > 0 ? 1 : 0) },
  );
  const at = phrase.findIndex((part) => isName(part, name));
  const before = phrase[at - 1];
  const noun = typeof before === "string" ? NOUN.exec(before) : null;
  const isPlural = noun !== null && at === 1;
  return phrase.flatMap((part, index): Phrase => {
    if (index === at - 1 && isPlural) return [`${noun?.[1]}${counted(2, noun?.[2] ?? "").slice(2)} `];
    if (index === at) return isPlural || at === phrase.length - 1 ? list : ["each of ", ...list];
    if (isName(part, name)) return ["each"];
    return typeof part === "string" && isPlural ? [ofSeveral(part)] : [part];
  });
}

/** What stands before the name of what a row is about. */
const NOUN = new RegExp(`^(.*?)(role|user|group|permission set|${STORE_NOUNS.join("|")}) $`, "i");

/** The verbs of this project's sentences on one principal, for several. */
function ofSeveral(text: string): string {
  return text
    .replace("is deleted", "are deleted")
    .replace(/ is destroyed( and created anew)?/, " are destroyed$1")
    .replace("its data", "their data")
    .replace("if it is empty", "if they are empty")
    .replace("what it encrypts", "what they encrypt")
    .replace(/^ no longer has /, " no longer have ")
    .replace("it can be restored", "they can be restored")
    .replace("all that it holds", "all that they hold")
    .replace("it cannot be assumed until it exists again", "they cannot be assumed until they exist again")
    .replace("its sessions end", "their sessions end")
    .replace("its access keys and passwords end", "their access keys and passwords end")
    .replace("policies that name it by ARN", "policies that name them by ARN");
}
