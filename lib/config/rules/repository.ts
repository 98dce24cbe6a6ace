import type { Rule } from "./rule";

export const repositoryPattern = "^(?!https?:)[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+){2,}(?<!\\.git)$";

/** Separators of a token's subject; a repository of such a name would make subjects ambiguous. */
const separators = new Set(["vcs-origin", "vcs-ref"]);

/**
 * A repository as CircleCI writes it into the token's `vcs-origin`: host, owner and name, with
 * groups between them on GitLab. Only characters that are literal in a policy. Source: CircleCI
 * docs, "OIDC tokens with custom claims".
 */
export const repositoryRule: Rule = (text) => {
  const violation = { found: text, allowed: "host/owner/name, such as github.com/acme/website" };
  const plain = plainForm(text);
  if (plain !== text) {
    const fix = isPlain(plain) ? `write ${plain}` : "write host/owner/name";
    return {
      ...violation,
      code: "repository-is-url",
      message: "this is a URL; CircleCI writes a repository without scheme, user, .git and trailing slash",
      fix,
    };
  }
  if (text.split("/").some((component) => separators.has(component))) {
    const message =
      "the repository contains vcs-origin or vcs-ref, which separate the parts of a token's subject";
    return {
      ...violation,
      code: "malformed-repository",
      message,
      fix: "rename the repository: its subjects would be ambiguous",
    };
  }
  if (isPlain(text)) return undefined;
  const fix = /^[\w.-]+\/[\w.-]+$/.test(text)
    ? `add the host: github.com/${text}`
    : "copy it from the claim `oidc.circleci.com/vcs-origin` of a token";
  return {
    ...violation,
    code: "malformed-repository",
    message: "this is not a repository in the form that CircleCI writes into tokens",
    fix,
  };
};

function isPlain(text: string): boolean {
  const components = text.split("/");
  const host = components[0] ?? "";
  return (
    components.length >= 3 &&
    host.includes(".") &&
    components.every(
      (component) => /^[A-Za-z0-9._~-]+$/.test(component) && component !== "." && component !== "..",
    )
  );
}

function plainForm(text: string): string {
  return text
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, "")
    .replace(/^[^@/\s]+@([^:/]+)[:/]/, "$1/")
    .replace(/\/+$/, "")
    .replace(/\.git$/, "");
}
