import type { Piece, Value } from "./policy";

/** Partition, service, region, account, resource, after the word `arn`. */
export const ARN_PARTS = 6;

/**
 * A value of a policy part by part, as ARN operators compare it ("Amazon Resource Name (ARN)
 * condition operators"). Colons in the policy's text separate the parts, up to six; colons in
 * a variable's value do not. Fewer than six parts: it is not an ARN.
 */
export function splitArn(value: Value): readonly Value[] {
  const parts: Piece[][] = [[]];
  for (const piece of value.pieces) {
    if (piece.kind !== "literal") {
      parts.at(-1)?.push(piece);
      continue;
    }
    let { text } = piece;
    for (let colon = text.indexOf(":"); colon !== -1 && parts.length < ARN_PARTS; colon = text.indexOf(":")) {
      addText(parts.at(-1), text.slice(0, colon));
      parts.push([]);
      text = text.slice(colon + 1);
    }
    addText(parts.at(-1), text);
  }
  return parts.map((pieces) => ({ ...value, pieces }));
}

function addText(pieces: Piece[] | undefined, text: string): void {
  if (text !== "") pieces?.push({ kind: "literal", text });
}
