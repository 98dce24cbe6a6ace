import { ProjectError } from "../errors";
import type { CommentHost, InvisibleLine } from "./host";

/** What a comment of ours says of itself in its first line, unseen. */
export interface Marker {
  /** One for each project. */
  readonly key: string;
  /** Hexadecimal. */
  readonly commit: string;
  /** Larger is newer, the first number first. */
  readonly run: readonly number[];
}

const MOST_KEY_CHARACTERS = 100;
const TEXT = /^cdktf-circleci-oidc review (\S+) commit=([0-9a-f]{40}|[0-9a-f]{64}) run=(\d+(?:\.\d+)*)$/;

/**
 * The line itself. Bitbucket shows HTML comments as text; a link reference definition that nothing
 * refers to is seen nowhere (CommonMark 0.31, section 4.7).
 * @throws ProjectError `review-key`, `review-commit`, `review-run` (exit 2)
 */
export function printMarker({ key, commit, run }: Marker, style: InvisibleLine): string {
  const text = `cdktf-circleci-oidc review ${encodeKey(key)} commit=${checkCommit(commit)} run=${checkRun(run).join(".")}`;
  return style === "html-comment" ? `<!-- ${text} -->` : `[//]: # (${text})`;
}

/**
 * How many UTF-16 code units of `host.mostCharacters` the marker takes, with what parts it from the
 * text.
 */
export function charactersOfMarker(marker: Marker, host: Pick<CommentHost, "invisibleLine">): number {
  return withMarker(marker, "", host).length;
}

/** A comment's whole text. */
export function withMarker(
  marker: Marker,
  body: string,
  { invisibleLine }: Pick<CommentHost, "invisibleLine">,
): string {
  return `${printMarker(marker, invisibleLine)}\n\n${body}`;
}

/**
 * The marker of a comment; undefined: it is not one of this key. It counts only as the whole first
 * line, where nothing that a comment quotes or tells of can stand.
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

/** Letters, digits and dots stay; nothing is left that ends an HTML comment or a link's title. */
function encodeKey(key: string): string {
  if (key === "" || key.length > MOST_KEY_CHARACTERS)
    throw new ProjectError({
      code: "review-key",
      message: `what tells a project's comment from others has 1 to ${MOST_KEY_CHARACTERS} characters; found ${key.length}`,
      found: key,
      fix: "give it a shorter name",
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
    message: "a commit is 40 or 64 hexadecimal digits in lower case",
    found: commit,
    fix: "give it whole: git rev-parse HEAD",
    exitCode: 2,
  });
}

function checkRun(run: readonly number[]): readonly number[] {
  if (run.length > 0 && run.length <= 8 && run.every((one) => Number.isSafeInteger(one) && one >= 0))
    return run;
  throw new ProjectError({
    code: "review-run",
    message: "what orders runs is 1 to 8 whole numbers from 0",
    found: run.join("."),
    fix: "leave it out in CircleCI, or give one number that grows with each run",
    exitCode: 2,
  });
}
