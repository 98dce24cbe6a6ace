import { readFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";

/** The first code block of each section of docs/ci.md, by the section's heading. */
export function ciSnippets(): Readonly<Record<string, string>> {
  const page = readFileSync(path.join(repositoryRoot, "docs", "ci.md"), "utf8");
  const sections = page.split(/^## /m).slice(1);
  return Object.fromEntries(
    sections.map((section) => {
      const [heading = ""] = section.split("\n");
      const [, block = ""] = /\n\n((?: {4}.*\n|\n(?= {4}))+)/.exec(section) ?? [];
      return [heading, block.replace(/^ {4}/gm, "")];
    }),
  );
}

/** The calls of the package in them: the arguments of `npx -y cdktf-circleci-oidc@…`. */
export function ciCalls(): readonly string[] {
  const text = Object.values(ciSnippets()).join("\n");
  return [
    ...new Set([...text.matchAll(/npx -y cdktf-circleci-oidc@\S+ (.+)$/gm)].map(([, args = ""]) => args)),
  ];
}
