import { withSeparators } from "../../describe/list";
import { visibleLine } from "../../terminal/visible";
import { type Who, whoText } from "../answer/who";
import type { Times } from "../trail/observed";

/** More lines of one kind than these are counted; `--json` has all. */
const SHOWN = 10;

/** A value of a record or a file as one word: none of its words may begin a line. */
export function said(text: string): string {
  return visibleLine(text).replaceAll(" ", "\u00a0");
}

export function who(one: Who, repository?: string): string {
  return whoText(
    {
      ...one,
      person: one.isKnown ? one.person : said(one.person).replace(/^user\u00a0/, "user "),
      ...(one.ref === undefined
        ? {}
        : { ref: one.ref.startsWith("tag ") ? `tag ${said(one.ref.slice(4))}` : said(one.ref) }),
      ...(one.origin === undefined ? {} : { origin: said(one.origin) }),
    },
    repository,
  );
}

export function limited(lines: readonly string[]): readonly string[] {
  const indentation = /^ */.exec(lines[0] ?? "")?.[0] ?? "";
  const left = lines.length - SHOWN;
  return left <= 0 ? lines : [...lines.slice(0, SHOWN), `${indentation}and ${left} more (--json has all)`];
}

export function times(count: number): string {
  return count === 1 ? "once" : `${withSeparators(count)} times`;
}

export function span({ first, last }: Times): string {
  return day(first) === day(last) ? `on ${said(day(last))}` : `${said(day(first))} to ${said(day(last))}`;
}

export function day(time: string): string {
  return time.slice(0, 10);
}

export function minute(time: string): string {
  const [date = "", clock = ""] = time.slice(0, 16).split("T");
  return `${said(date)} ${said(clock)} UTC`;
}
