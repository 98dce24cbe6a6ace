/**
 * An address in pieces, such as `module.site["a.b"].aws_iam_role.deploy[0]` ("Resource Address
 * Reference").
 */
interface Address {
  /** Instances of modules from the root on: `module.site["a.b"]`; empty: the root module. */
  readonly modules: readonly string[];
  /** `aws_iam_role.deploy` or `data.aws_iam_policy.x`, without its key. */
  readonly name: string;
  /** `[0]` or `["a"]`; empty: there is one. */
  readonly key: string;
}

/**
 * The parts of an address or a reference between its dots; a key stays with the part before it,
 * even if it contains dots.
 */
export function partsOfAddress(text: string): readonly string[] {
  if (!text.includes("[")) return text.split(".").filter((part) => part !== "");
  return text.match(/(?:[^.[\]]|\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\])+/g) ?? [];
}

export function parseAddress(text: string): Address {
  // Most of them, and there are tens of thousands.
  if (!text.startsWith("module.") && !text.includes("[")) return { modules: [], name: text, key: "" };
  const parts = partsOfAddress(text);
  const modules: string[] = [];
  let at = 0;
  for (; parts[at] === "module" && parts[at + 1] !== undefined; at += 2)
    modules.push(`module.${parts[at + 1]}`);
  const rest = parts.slice(at);
  const last = rest.at(-1) ?? "";
  const name = withoutKey(last);
  return { modules, name: [...rest.slice(0, -1), name].join("."), key: last.slice(name.length) };
}

export function withoutKey(part: string): string {
  const opening = part.indexOf("[");
  return opening === -1 ? part : part.slice(0, opening);
}

/** An absolute address within modules. */
export function within(modules: readonly string[], text: string): string {
  return [...modules, text].join(".");
}
