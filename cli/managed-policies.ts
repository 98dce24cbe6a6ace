import { updateGenerated } from "../dev/tools/generated-file";
import { printManagedPolicies, SOURCE } from "../dev/tools/managed-policies";
import { MANAGED_POLICIES_FILE } from "../lib/project/aws-data";
import { createCommand, runCommand } from "./command";

const command = createCommand(
  "managed-policies",
  "Writes the newest version of every AWS managed policy, with which review compares them by their contents.",
)
  .option("--check", "write nothing; exit with 1 if the file is out of date")
  .action(({ check = false }: { readonly check?: boolean }) =>
    updateGenerated(
      {
        file: MANAGED_POLICIES_FILE,
        source: `the package ${SOURCE.name} ${SOURCE.version}`,
        text: printManagedPolicies(),
        command: "npm run managed-policies",
        staleCode: "managed-policies-stale",
      },
      { check },
    ),
  );

runCommand(command);
