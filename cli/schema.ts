import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { accessJsonSchema } from "../lib/access/schema";
import { describeError, exitCodeOf, ProjectError } from "../lib/errors";

const target = path.join(__dirname, "..", "access.schema.json");

/** Throws with code `schema-stale` if the committed schema is not the one that the code generates. */
function check(): void {
  if (readCommitted() === accessJsonSchema()) return;
  throw new ProjectError({
    code: "schema-stale",
    message: "access.schema.json is not what lib/access/schema.ts generates",
    fix: "run `npm run schema` and commit the file",
  });
}

/** The committed text; undefined if there is none. */
function readCommitted(): string | undefined {
  try {
    return readFileSync(target, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

const command = new Command("schema")
  .description("write access.schema.json, which editors use to complete and check access.yaml")
  .option("--check", "write nothing; exit with 1 if the file is stale")
  .action(({ check: only }: { readonly check?: boolean }) => {
    if (only === true) check();
    else writeFileSync(target, accessJsonSchema());
  })
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

try {
  command.parse();
} catch (error) {
  console.error(describeError(error));
  process.exitCode = exitCodeOf(error);
}
