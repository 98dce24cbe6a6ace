import { ProjectError } from "../errors";
import type { CommentHost, InvisibleLine } from "./host";

/** What the first, invisible line of this project's comments says. */
export interface Marker {
  /** One for each project. */
  readonly key: string;
  /** Hexadecimal. */
  readonly commit: string;
  /** Orders runs: larger is newer; the first number counts most. */
  readonly run: readonly number[];
}

const MOST_KEY_CHARACTERS = 100;
const TEXT = /^cdktf-circleci-oidc review (\S+) commit=([0-9a-f]{40}|[0-9a-f]{64}) run=(\d+(?:\.\d+)*)$/;

/**
 * The line itself. Bitbucket shows HTML comments as text; an unused link reference definition is
 * not rendered (CommonMark 0.31, section 4.7).
 * @throws ProjectError `review-key`, `review-commit`, `review-run` (exit 2)
 */
export function printMarker({ key, commit, run }: Marker, style: InvisibleLine): string {
  const text = `cdktf-circleci-oidc review ${encodeKey(key)} commit=${checkCommit(commit)} run=${checkRun(run).join(".")}`;
  return style === "html-comment" ? `<!-- ${text} -->` : `[//]: # (${text})`;
}

/**
 * How many UTF-16 code units of `host.mostCharacters` the marker and the blank line after it take.
 */
export function charactersOfMarker(marker: Marker, host: Pick<CommentHost, "invisibleLine">): number {
  return withMarker(marker, "", host).length;
}

/** The whole text of a comment. */
export function withMarker(
  marker: Marker,
  body: string,
  { invisibleLine }: Pick<CommentHost, "invisibleLine">,
): string {
  return `${printMarker(marker, invisibleLine)}\n\n${body}`;
}

/**
 * The marker of a comment; undefined: the comment does not have this key. Only the whole first line
 * counts: quoted text never stands there.
 */
export function readMarker(
  body: string,
  key: string,
  { invisibleLine }: Pick<CommentHost, "invisibleLine">,
): Marker | undefined {
  const line = /^[^\r\n]*/.exec(body)?.[0] ?? "";
  const [before, after] = invisibleLine === "html-comment" ? ["<!-- ", " -->"] : ["[//]: # (", ")"];
  if (!line.startsWith(before) || !line.endsWith(after)) return undefined;
  const [, encoded, commit, run] = TEXT.exec(line.slice(before.length, -after.length)) ?? [];
  if (encoded !== encodeKey(key) || commit === undefined || run === undefined) return undefined;
  const numbers = run.split(".").map(Number);
  return numbers.every(Number.isSafeInteger) ? { key, commit, run: numbers } : undefined;
}

/**
 * Encodes all but letters, digits and dots, so that nothing ends an HTML comment or a link title.
 */
function encodeKey(key: string): string {
  if (key === "" || key.length > MOST_KEY_CHARACTERS)
    throw new ProjectError({
      code: "review-key",
      message: `a comment key has 1 to ${MOST_KEY_CHARACTERS} characters; found ${key.length}`,
      found: key,
      fix: "set a shorter --comment-key",
      exitCode: 2,
    });
  return [...Buffer.from(key)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9.]/.test(character) ? character : `%${byte.toString(16).padStart(2, "0")}`;
    })
    .join("");
}

function checkCommit(commit: string): string {
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) return commit;
  throw new ProjectError({
    code: "review-commit",
    message: "invalid commit: expected 40 or 64 lower-case hexadecimal digits",
    found: commit,
    fix: "use the full hash: git rev-parse HEAD",
    exitCode: 2,
  });
}

function checkRun(run: readonly number[]): readonly number[] {
  if (run.length > 0 && run.length <= 8 && run.every((one) => Number.isSafeInteger(one) && one >= 0))
    return run;
  throw new ProjectError({
    code: "review-run",
    message: "invalid run: expected 1 to 8 whole numbers from 0",
    found: run.join("."),
    fix: "omit --run in CircleCI, or pass one number that grows with each run",
    exitCode: 2,
  });
}
