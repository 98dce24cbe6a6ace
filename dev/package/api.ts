import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { repositoryRoot } from "../../lib/programs/cache";

/** The entry points of the package, each a file of `api/`. */
export const ENTRY_POINTS = ["index", "iam", "review", "testing"] as const;

/** What a program imports: `cdktf-circleci-oidc`, `cdktf-circleci-oidc/iam`. */
export function specifierOf(entry: (typeof ENTRY_POINTS)[number]): string {
  return entry === "index" ? "cdktf-circleci-oidc" : `cdktf-circleci-oidc/${entry}`;
}

/**
 * The declarations of an entry point. What it exports is written out in its own file, so that they
 * name no other.
 */
export function declarationsOf(entry: (typeof ENTRY_POINTS)[number]): string {
  const fileName = path.join(repositoryRoot, "api", `${entry}.ts`);
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(readFileSync(fileName, "utf8"), {
    fileName,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, strict: true },
  });
  const [first] = diagnostics;
  if (first !== undefined) throw new Error(ts.flattenDiagnosticMessageText(first.messageText, "\n"));
  return outputText;
}

/**
 * The page of the public API. It is committed and checked, so that every change of what users
 * import shows in a diff.
 */
export function apiPage(): string {
  return [
    "# Public API",
    "",
    "What the package exports. Everything else is internal and changes without notice. Generated from",
    "`api/` by `npm run schema`; a change here that is not an addition needs a new major version.",
    ...ENTRY_POINTS.flatMap((entry) => [
      "",
      `## \`${specifierOf(entry)}\``,
      "",
      "```ts",
      declarationsOf(entry).trimEnd(),
      "```",
    ]),
    "",
  ].join("\n");
}
