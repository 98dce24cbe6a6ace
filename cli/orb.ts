import { packedOrb } from "../dev/package/pack-orb";
import { updateGenerated } from "../dev/tools/generated-file";
import { createCommand, runCommand } from "./command";

const command = createCommand("orb", "Pack the CircleCI orb in orb/src into orb/orb.yml.")
  .option("--check", "write nothing; exit with 1 if the file is out of date")
  .action(({ check = false }: { readonly check?: boolean }) => {
    updateGenerated(
      {
        file: "orb/orb.yml",
        source: "orb/src",
        text: packedOrb(),
        command: "npm run orb",
        staleCode: "orb-stale",
      },
      { check },
    );
  });

runCommand(command);
