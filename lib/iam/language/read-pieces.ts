import { ProjectError } from "../../errors";
import type { JsonPath, Piece } from "./policy";

/** A variable, with or without a default (IAM User Guide, "IAM policy elements: Variables and tags"). */
const VARIABLE = /^\$\{([^{}]*)\}/;
const WITH_DEFAULT = /^([^,'"]+),\s*'([^']*)'$/;

/**
 * What a value of a policy of Version 2012-10-17 means. `${*}`, `${?}` and `${$}` are these characters.
 * @param wildcards whether `*` and `?` stand for other characters here
 * @throws ProjectError `policy-not-read` for `${` that begins no variable
 */
export function readPieces(text: string, wildcards: boolean, path: JsonPath): readonly Piece[] {
  const pieces: Piece[] = [];
  let literal = "";
  const push = (piece: Piece): void => {
    if (literal !== "") pieces.push({ kind: "literal", text: literal });
    literal = "";
    pieces.push(piece);
  };
  for (let at = 0; at < text.length; ) {
    const character = text.charAt(at);
    if (text.startsWith("${", at)) {
      const [whole = "", name = ""] = VARIABLE.exec(text.slice(at)) ?? [];
      if (name === "") throw notAVariable(path);
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

function notAVariable(path: JsonPath): ProjectError {
  return new ProjectError({
    code: "policy-not-read",
    message: `${path} holds "\${" that begins no policy variable`,
    found: path,
  });
}
