import { updateGenerated } from "../dev/tools/generated-file";
import { DEFAULT_AWS_PROVIDER } from "../lib/config/rules/provider-version";
import { printTable, TABLE_FILE, tableFrom } from "../lib/diff/coverage/print-table";
import { awsProviderSchema } from "../lib/terraform/aws-provider-schema";
import { prepareTools } from "../lib/terraform/prepare";
import { chooseProvider } from "../lib/terraform/provider-choice";
import { Terraform } from "../lib/terraform/terraform";
import { createCommand, runCommand } from "./command";

const command = createCommand(
  "coverage",
  "Write the table of the AWS provider's resource types: which ones review examines, and which do not affect access.",
)
  .option("--check", "write nothing; exit with 1 if the table is out of date")
  .action(main);

async function main({ check = false }: { readonly check?: boolean }): Promise<void> {
  const { terraform, environment } = await prepareTools(["terraform", "provider"], {
    provider: chooseProvider(DEFAULT_AWS_PROVIDER),
  });
  const schema = await awsProviderSchema(
    new Terraform(terraform, { ...process.env, ...environment }),
    DEFAULT_AWS_PROVIDER,
  );
  updateGenerated(
    {
      file: TABLE_FILE,
      source: "the provider's schema and lib/diff/coverage",
      text: printTable(tableFrom(schema)),
      command: "npm run coverage",
      staleCode: "coverage-stale",
    },
    { check },
  );
}

runCommand(command);
