import type { Rule } from "./rule";

/** The part of `refRule` that an editor can check; the rule is stricter. */
export const refPattern =
  "^(?![-/])(?!refs/)[^\\x00-\\x20\\x7f~^:?*\\[\\\\]*[^\\x00-\\x20\\x7f~^:?\\[\\\\/.]$|^[^-/\\x00-\\x20\\x7f~^:?*\\[\\\\][^\\x00-\\x20\\x7f~^:?*\\[\\\\]*\\*$";

/**
 * A branch or tag, or a prefix followed by one `*` at the end. `*` matches any characters,
 * including `/`; alone it matches every branch or tag. Names follow git's rules. Source:
 * git-check-ref-format(1), with `refs/heads/` or `refs/tags/` before the name; git also refuses to
 * create `@`, `HEAD` and names that begin with `-`.
 */
export function refRule(kind: "branch" | "tag"): Rule {
  const home = kind === "branch" ? "refs/heads/" : "refs/tags/";
  return (text) => {
    const violation = {
      found: text,
      allowed: `a ${kind} without ${home}, or a prefix that ends in *`,
    };
    if (text.startsWith(home)) {
      const fix = `write ${text.slice(home.length)}`;
      return { ...violation, code: "ref-with-prefix", message: `a ${kind} is written without ${home}`, fix };
    }
    if (text.startsWith("refs/")) {
      const fix = `write a ${kind} without refs/; other refs cannot be listed`;
      return { ...violation, code: "ref-with-prefix", message: `this is a full ref, not a ${kind}`, fix };
    }
    if (text === "any") {
      const fix =
        kind === "branch" ? "for every ref write `branches: any`, without a list" : 'for every tag write "*"';
      return { ...violation, code: "any-in-list", message: "`any` cannot be an element of a list", fix };
    }
    const star = text.indexOf("*");
    if (star !== -1 && star !== text.length - 1) {
      const fix = `end the pattern at its first *: ${text.slice(0, star)}*`;
      return { ...violation, code: "star-not-at-end", message: "* is allowed at the end only", fix };
    }
    // A prefix is valid if its shortest continuation is: if `<prefix>x` cannot be a ref, hardly any
    // match of the pattern can.
    const broken = brokenRule(star === -1 ? text : `${text.slice(0, star)}x`);
    if (broken === undefined) return undefined;
    return {
      ...violation,
      code: "malformed-ref",
      message: `git does not allow this ${kind} name: ${broken}`,
      fix: "copy the name from `git branch -a` or `git tag`",
    };
  };
}

function brokenRule(name: string): string | undefined {
  if (name === "") return "it is empty";
  if (name === "@" || name === "HEAD") return "the name is reserved";
  if (name.startsWith("-")) return "it begins with a hyphen";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: git forbids them
  if (/[\u0000-\u0020\u007f]/.test(name)) return "it contains a space or control character";
  if (/[~^:?*[\\]/.test(name)) return "it contains one of ~ ^ : ? * [ \\";
  // A lone surrogate has no UTF-8 form, so no ref and no claim can equal it.
  if (/\p{Surrogate}/u.test(name)) return "it is not valid Unicode";
  if (name.includes("..")) return "it contains two dots in a row";
  if (name.includes("@{")) return "it contains @{";
  if (name.endsWith(".")) return "it ends with a dot";
  for (const component of name.split("/")) {
    if (component === "") return "it begins or ends with a slash, or contains two in a row";
    if (component.startsWith(".")) return "a component begins with a dot";
    if (component.endsWith(".lock")) return "a component ends with .lock";
  }
  return undefined;
}
