import type { Condition, Policy, Value } from "../../language/policy";
import { isLiteral } from "../../language/policy";
import { readOperator } from "../../language/read-operator";
import { readPieces } from "../../language/read-pieces";

const ANY_USER = "????????-????-????-????-????????????";
const CLAIM = /(?:^|\/)vcs-(origin|ref)$/i;
/** A subject up to its user, with nothing behind it but a star. */
const JOB = /^(org\/[^/*?]+\/project\/[^/*?]+)\/(?:\*|user\/(\*|[^/*]{36})(?:\/\*)?)$/;

/** The claim of a key that people use although AWS does not have it: the origin or the ref. */
export function claimOf(key: string): "origin" | "ref" | undefined {
  const claim = CLAIM.exec(key)?.[1]?.toLowerCase();
  return claim === "origin" || claim === "ref" ? claim : undefined;
}

/**
 * Conditions on the subject with the origin and ref of other conditions, whose keys AWS does not
 * have. A `*` only ends a pattern in which everything before it has a fixed width, so it matches
 * within its field (docs/findings.md, wildcard-past-field). Undefined: this form cannot express it.
 * @param asked by key: the allowed values
 */
export function pinned(
  subject: Condition,
  asked: ReadonlyMap<"origin" | "ref", readonly Value[]>,
  { version }: Policy,
): Condition | undefined {
  const { operator, path, values } = subject;
  if (operator.base !== "StringLike" && operator.base !== "StringEquals") return undefined;
  const ends = endsFor(asked);
  const texts = values.flatMap((value) => {
    const [whole, job, user] = JOB.exec(value.text) ?? [];
    const isStar = user === undefined || user === "*";
    // Under StringEquals a star is a character.
    if (whole === undefined || (operator.base === "StringEquals" && whole.includes("*"))) return [undefined];
    return ends.map((end) => `${job}/user/${isStar ? ANY_USER : user}${end}`);
  });
  const written = texts.flatMap((text) => text ?? []);
  if (written.length === 0 || written.length < texts.length) return undefined;
  const name = operator.name.replace("StringEquals", "StringLike");
  return {
    ...subject,
    operator: readOperator(name, path),
    values: written.map((text) => ({
      path,
      text,
      pieces: readPieces(text, { version, wildcards: true }, path),
    })),
  };
}

/** What follows a user; none where a star would reach past its field. */
function endsFor(asked: ReadonlyMap<"origin" | "ref", readonly Value[]>): readonly string[] {
  const [origins, refs] = [asked.get("origin") ?? [], asked.get("ref")];
  return origins.flatMap((origin) => {
    const start = `/vcs-origin/${origin.text}`;
    if (!isLiteral(origin)) return refs === undefined && endsWithStar(origin) ? [start] : [];
    const wanted = refs ?? [{ ...origin, text: "*", pieces: [{ kind: "any-run" } as const] }];
    return wanted.flatMap((ref) =>
      isLiteral(ref) || endsWithStar(ref) ? [`${start}/vcs-ref/${ref.text}`] : [],
    );
  });
}

/** Whether the only wildcard is a star at the end. */
function endsWithStar({ pieces }: Value): boolean {
  return pieces.at(-1)?.kind === "any-run" && pieces.slice(0, -1).every(({ kind }) => kind === "literal");
}
