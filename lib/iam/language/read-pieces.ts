import { notRead } from "./not-read";
import type { JsonPath, Piece, PolicyVersion } from "./policy";

/**
 * A variable, with or without a default (IAM User Guide, "IAM policy elements: Variables and
 * tags").
 */
const VARIABLE = /\$\{([^{}]*)\}/y;
const WITH_DEFAULT = /^([^,'"]+),\s*'([^']*)'$/;

interface PieceOptions {
  /** Variables came with 2012-10-17; before, `${` is text ("IAM JSON policy elements: Version"). */
  readonly version: PolicyVersion;
  /** Whether `*` and `?` stand for other characters here. */
  readonly wildcards: boolean;
}

/**
 * What a value of a policy means. `${*}`, `${?}` and `${$}` are these characters.
 * @throws ProjectError `policy-not-read` for `${` that begins no variable
 */
export function readPieces(
  text: string,
  { version, wildcards }: PieceOptions,
  path: JsonPath,
): readonly Piece[] {
  const hasVariables = version === "2012-10-17";
  const pieces: Piece[] = [];
  let literal = "";
  const push = (piece: Piece): void => {
    if (literal !== "") pieces.push({ kind: "literal", text: literal });
    literal = "";
    pieces.push(piece);
  };
  for (let at = 0; at < text.length; ) {
    const character = text.charAt(at);
    if (hasVariables && text.startsWith("${", at)) {
      VARIABLE.lastIndex = at;
      const [whole = "", name = ""] = VARIABLE.exec(text) ?? [];
      if (name === "") throw notAVariable(path, text.slice(at));
      if (name === "*" || name === "?" || name === "$") literal += name;
      else push(variable(name));
      at += whole.length;
    } else {
      if (wildcards && character === "*") push({ kind: "any-run" });
      else if (wildcards && character === "?") push({ kind: "any-one" });
      else literal += character;
      at += 1;
    }
  }
  if (literal !== "") pieces.push({ kind: "literal", text: literal });
  return pieces;
}

function variable(name: string): Piece {
  const [, key, otherwise] = WITH_DEFAULT.exec(name) ?? [];
  if (key === undefined || otherwise === undefined) return { kind: "variable", key: name };
  return { kind: "variable", key, default: otherwise };
}

function notAVariable(path: JsonPath, rest: string): ReturnType<typeof notRead> {
  return notRead(
    path,
    "this is not a policy variable",
    JSON.stringify(rest.slice(0, 40)),
    "write ${key}, ${key, 'default'}, or ${$}{ for the characters themselves",
  );
}
