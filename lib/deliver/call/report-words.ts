import { wrongCall } from "../../project/unknown-name";

/** What a team adds to a report: a title, links and a last line. */
interface ReportWords {
  readonly title?: string;
  readonly links: readonly { readonly text: string; readonly url: string }[];
  readonly footer?: string;
}

/** A comment has room for them on every host. */
const MOST_CHARACTERS = 300;
const MOST_LINKS = 10;

/**
 * @param links each `TEXT=https://…`
 * @throws ProjectError `wrong-call` (exit 2) for a link without a text or an https address, and for
 * texts that are empty or too long
 */
export function readReportWords({
  title,
  link = [],
  footer,
}: {
  readonly title?: string | undefined;
  readonly link?: readonly string[] | undefined;
  readonly footer?: string | undefined;
}): ReportWords {
  requireShort("--title", title);
  requireShort("--footer", footer);
  if (link.length > MOST_LINKS)
    throw wrongCall(`--link is given ${link.length} times`, `give at most ${MOST_LINKS} links`);
  return {
    ...(title === undefined ? {} : { title }),
    links: link.map(readLink),
    ...(footer === undefined ? {} : { footer }),
  };
}

function requireShort(option: string, text: string | undefined): void {
  if (text === undefined) return;
  if (text.trim() === "") throw wrongCall(`${option} is empty`, "give a text, or omit the option");
  if (text.length > MOST_CHARACTERS)
    throw wrongCall(`${option} has ${text.length} characters`, `give at most ${MOST_CHARACTERS}`);
}

function readLink(given: string): { readonly text: string; readonly url: string } {
  const [, text = "", url = ""] = /^([^=]+)=(https:\/\/[\w.~:/?#%&=+-]+)$/.exec(given) ?? [];
  if (text.trim() === "" || given.length > MOST_CHARACTERS)
    throw wrongCall(
      `--link ${given} is not a link`,
      "write TEXT=https://ADDRESS, such as run=https://ci.example/1",
    );
  return { text: text.trim(), url };
}
