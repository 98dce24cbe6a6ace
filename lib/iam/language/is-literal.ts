import type { Value } from "./policy";

/** Whether a value means one text: it has neither a wildcard nor a variable. */
export function isLiteral({ pieces }: Pick<Value, "pieces">): boolean {
  return pieces.every(({ kind }) => kind === "literal");
}
