import { readFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { accessJsonSchema } from "../lib/config/schema/schema";
import { describeError, exitCodeOf, ProjectError } from "../lib/errors";
import { repositoryRoot } from "../lib/programs/cache";
import { writeWhole } from "../lib/project/write-whole";
import { reviewJsonSchema } from "../lib/report/model/review-schema";
import { COMMANDER_OUTPUT, note } from "../lib/terminal/output";

interface Written {
  /** From the repository's root. */
  readonly file: string;
  /** Where it comes from. */
  readonly source: string;
  readonly text: () => string;
}

const SCHEMAS: readonly Written[] = [
  { file: "access.schema.json", source: "lib/config/schema/schema.ts", text: accessJsonSchema },
  {
    file: "docs/review/review.schema.json",
    source: "lib/report/model/review-schema.ts",
    text: reviewJsonSchema,
  },
];

/** Throws with code `schema-stale` if a committed schema is not the one that the code generates. */
function check({ file, source, text }: Written): void {
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
    "write the JSON schemas: access.yaml's, for editors, and that of `oidc review --json`, for programs",
  )
  .option("--check", "write nothing; exit with 1 if one is stale")
  .action(({ check: only }: { readonly check?: boolean }) => {
    for (const schema of SCHEMAS) {
      if (only === true) check(schema);
      else writeWhole(path.join(repositoryRoot, schema.file), schema.text());
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
