import { apiPage } from "../dev/package/api";
import { errorsPage } from "../dev/tools/errors-page";
import { updateGenerated } from "../dev/tools/generated-file";
import { accessJsonSchema } from "../lib/config/schema/schema";
import { reviewJsonSchema } from "../lib/report/model/review";
import { createCommand, runCommand } from "./command";

const FILES = [
  { file: "access.schema.json", source: "lib/config/schema/schema.ts", text: accessJsonSchema },
  {
    file: "docs/review/review.schema.json",
    source: "lib/report/model/review-schema.ts",
    text: reviewJsonSchema,
  },
  { file: "docs/api.md", source: "api/", text: apiPage },
  { file: "docs/errors.md", source: "lib/error-codes/", text: errorsPage },
] as const;

const command = createCommand(
  "schema",
  "Write the generated files: the JSON schemas of access.yaml and of `oidc review --json`, docs/errors.md and docs/api.md.",
)
  .option("--check", "write nothing; exit with 1 if a file is out of date")
  .action(({ check = false }: { readonly check?: boolean }) => {
    for (const { text, ...generated } of FILES)
      updateGenerated(
        { ...generated, text: text(), command: "npm run schema", staleCode: "schema-stale" },
        { check },
      );
  });

runCommand(command);
