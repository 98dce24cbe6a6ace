import type { CST } from "yaml";

/** The deepest value of access.yaml is in a condition of a statement, at about 11 levels. */
export const maxNesting = 40;

/**
 * The offset of the first token nested deeper than `maxNesting`; undefined if there is none. Works
 * without recursion: the YAML library composes trees recursively, and V8 aborts the process if a
 * regular expression is compiled when the stack is nearly full.
 */
export function findTooDeep(tokens: readonly CST.Token[]): number | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = tokens.map((token) => ({
    token,
    depth: 0,
  }));
  let first: number | undefined;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > maxNesting) {
      first = Math.min(first ?? token.offset, token.offset);
      continue;
    }
    for (const child of childrenOf(token)) open.push({ token: child, depth: depth + 1 });
  }
  return first;
}

function* childrenOf(token: CST.Token): Generator<CST.Token> {
  if (token.type === "document") {
    if (token.value) yield token.value;
  } else if ("items" in token) {
    for (const item of token.items) {
      if (item.key) yield item.key;
      if (item.value) yield item.value;
    }
  }
}
