/** A branch or tag without `refs/heads/` or `refs/tags/`; a prefix matches every name with it. */
export type RefPattern =
  | { readonly kind: "exact"; readonly name: string }
  | { readonly kind: "prefix"; readonly prefix: string };

/** A pattern of access.yaml: `main`, `release/*`. */
export function readPattern(text: string): RefPattern {
  return text.endsWith("*") ? { kind: "prefix", prefix: text.slice(0, -1) } : { kind: "exact", name: text };
}

/** A pattern as access.yaml has it. */
export function patternText(pattern: RefPattern): string {
  return pattern.kind === "exact" ? pattern.name : `${pattern.prefix}*`;
}
