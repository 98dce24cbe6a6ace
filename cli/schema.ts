import { readFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { errorsPage } from "../dev/tools/errors-page";
import { accessJsonSchema } from "../lib/config/schema/schema";
import { describeError, exitCodeOf, ProjectError } from "../lib/errors";
import { repositoryRoot } from "../lib/programs/cache";
import { writeWhole } from "../lib/project/write-whole";
import { reviewJsonSchema } from "../lib/report/model/review-schema";
import { COMMANDER_OUTPUT, note } from "../lib/terminal/output";

interface Generated {
  /** From the repository's root. */
  readonly file: string;
  /** The code that generates it. */
  readonly source: string;
  readonly text: () => string;
}

const FILES: readonly Generated[] = [
  { file: "access.schema.json", source: "lib/config/schema/schema.ts", text: accessJsonSchema },
  {
    file: "docs/review/review.schema.json",
    source: "lib/report/model/review-schema.ts",
    text: reviewJsonSchema,
  },
  { file: "docs/errors.md", source: "lib/error-codes/", text: errorsPage },
];

/** @throws ProjectError `schema-stale` if the committed file is not what the code generates */
function check({ file, source, text }: Generated): void {
  if (readCommitted(file) === text()) return;
  throw new ProjectError({
    code: "schema-stale",
    message: `${file} is not what ${source} generates`,
    found: file,
    fix: "run `npm run schema` and commit the file",
  });
}

/** The committed text; undefined if there is none. */
function readCommitted(file: string): string | undefined {
  try {
    return readFileSync(path.join(repositoryRoot, file), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

const command = new Command("schema")
  .description(
    "write the generated files: the JSON schemas of access.yaml and of `oidc review --json`, and docs/errors.md",
  )
  .option("--check", "write nothing; exit with 1 if a file is not current")
  .action(({ check: only }: { readonly check?: boolean }) => {
    for (const generated of FILES) {
      if (only === true) check(generated);
      else writeWhole(path.join(repositoryRoot, generated.file), generated.text());
    }
  })
  .configureOutput(COMMANDER_OUTPUT)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

try {
  command.parse();
} catch (error) {
  note(describeError(error));
  process.exitCode = exitCodeOf(error);
}
