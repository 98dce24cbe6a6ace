import type { Rule } from "./rule";

/** What an editor can check of `refRule`; the rule itself is stricter. */
export const refPattern =
  "^(?![-/])(?!refs/)[^\\x00-\\x20\\x7f~^:?*\\[\\\\]*[^\\x00-\\x20\\x7f~^:?\\[\\\\/.]$|^[^-/\\x00-\\x20\\x7f~^:?*\\[\\\\][^\\x00-\\x20\\x7f~^:?*\\[\\\\]*\\*$";

/**
 * A branch or tag, or a prefix followed by one `*` at the end. The star stands for any characters,
 * `/` too; alone it means every branch (or tag). Everything else is git's own rule. Source:
 * git-check-ref-format(1), read with `refs/heads/` or `refs/tags/` in front; beyond it, git itself
 * refuses to create `@`, `HEAD` and names that begin with `-`.
 */
export function refRule(kind: "branch" | "tag"): Rule {
  const home = kind === "branch" ? "refs/heads/" : "refs/tags/";
  return (text) => {
    const violation = {
      found: text,
      allowed: `the name of a ${kind} as git writes it without ${home}, or the beginning of one followed by *`,
    };
    if (text.startsWith(home)) {
      const fix = `write ${text.slice(home.length)}`;
      return { ...violation, code: "ref-with-prefix", message: `${home} is put in front by itself`, fix };
    }
    if (text.startsWith("refs/")) {
      const fix = `name a ${kind} without refs/; other refs cannot be listed`;
      return { ...violation, code: "ref-with-prefix", message: `this is a full ref, not a ${kind}`, fix };
    }
    if (text === "any") {
      const fix =
        kind === "branch" ? "for every ref write `branches: any`, without a list" : 'for every tag write "*"';
      return { ...violation, code: "any-in-list", message: "`any` in a list could mean two things", fix };
    }
    const star = text.indexOf("*");
    if (star !== -1 && star !== text.length - 1) {
      const fix = `end the pattern at its first star: ${text.slice(0, star)}*`;
      return { ...violation, code: "star-not-at-end", message: "a * may stand at the end only", fix };
    }
    // A prefix is as good as its shortest continuation: if `<prefix>x` cannot be a ref, hardly
    // anything that it matches can.
    const broken = brokenRule(star === -1 ? text : `${text.slice(0, star)}x`);
    if (broken === undefined) return undefined;
    return {
      ...violation,
      code: "malformed-ref",
      message: `git has no ${kind} of this name: ${broken}`,
      fix: "copy the name from `git branch -a` or `git tag`",
    };
  };
}

function brokenRule(name: string): string | undefined {
  if (name === "") return "it is empty";
  if (name === "@" || name === "HEAD") return "the name is reserved";
  if (name.startsWith("-")) return "it begins with a hyphen";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what git forbids
  if (/[\u0000-\u0020\u007f]/.test(name)) return "it has a space or control character";
  if (/[~^:?*[\\]/.test(name)) return "it has one of ~ ^ : ? * [ \\";
  // A lone surrogate has no UTF-8 form, so no ref on disk and no claim in a token can ever equal
  // it.
  if (/\p{Surrogate}/u.test(name)) return "it is not valid Unicode";
  if (name.includes("..")) return "it has two dots in a row";
  if (name.includes("@{")) return "it has @{";
  if (name.endsWith(".")) return "it ends with a dot";
  for (const component of name.split("/")) {
    if (component === "") return "it has a slash at an end, or two in a row";
    if (component.startsWith(".")) return "a part of it begins with a dot";
    if (component.endsWith(".lock")) return "a part of it ends with .lock";
  }
  return undefined;
}
