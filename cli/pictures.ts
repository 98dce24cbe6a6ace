import { picturesOf } from "../dev/pictures/pictures";
import { talkOnScreen } from "../dev/pictures/screen";
import { updateGenerated } from "../dev/tools/generated-file";
import { createCommand, runCommand } from "./command";

const command = createCommand("pictures", "Draw the pictures in docs/pictures again, light and dark.")
  .option("--check", "write nothing; exit with 1 if a picture is out of date")
  .action(async ({ check = false }: { readonly check?: boolean }) => {
    for (const [file, text] of picturesOf(await talkOnScreen()))
      updateGenerated(
        { file, text, source: "dev/pictures/", command: "npm run pictures", staleCode: "schema-stale" },
        { check },
      );
  });

runCommand(command);
