import { readFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { printTable, TABLE_FILE, tableFrom } from "../lib/diff/coverage/print-table";
import { describeError, exitCodeOf, ProjectError } from "../lib/errors";
import { repositoryRoot } from "../lib/programs/cache";
import { writeWhole } from "../lib/project/write-whole";
import { COMMANDER_OUTPUT, note } from "../lib/terminal/output";
import { awsProviderSchema } from "../lib/terraform/aws-provider-schema";
import { prepareTools } from "../lib/terraform/prepare";
import { Terraform } from "../lib/terraform/terraform";

const command = new Command("coverage")
  .description(
    "write the table of the AWS provider's resource types: which of them review examines, which have no say in access",
  )
  .option("--check", "write nothing; exit with 1 if the table is stale")
  .configureOutput(COMMANDER_OUTPUT)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(main);

async function main({ check }: { readonly check?: true }): Promise<void> {
  const { terraform, environment } = await prepareTools(["terraform", "provider"]);
  const schema = await awsProviderSchema(new Terraform(terraform, { ...process.env, ...environment }));
  const text = printTable(tableFrom(schema));
  const file = path.join(repositoryRoot, TABLE_FILE);
  if (check !== true) return writeWhole(file, text);
  if (readFileSync(file, "utf8") === text) return;
  throw new ProjectError({
    code: "coverage-stale",
    message: `${TABLE_FILE} is not what the provider's schema and lib/diff/coverage/ say`,
    found: TABLE_FILE,
    fix: "run `npm run coverage`, look at the difference, and commit the file",
  });
}

command.parseAsync().catch((error: unknown) => {
  note(describeError(error));
  process.exitCode = exitCodeOf(error);
});
