import { picturesOf } from "../dev/pictures/pictures";
import { talkOnScreen } from "../dev/pictures/screen";
import { documentNames, documents } from "../dev/rendered/documents";
import { onlyScrolls } from "../dev/rendered/measure";
import { lineOf, renderReports } from "../dev/rendered/render-reports";
import { updateGenerated } from "../dev/tools/generated-file";
import { wrongCall } from "../lib/project/unknown-name";
import { print } from "../lib/terminal/output";
import { createCommand, runCommand } from "./command";

interface Options {
  readonly check?: boolean;
  readonly reports?: string;
  readonly unfolded?: boolean;
}

const command = createCommand("pictures", "Draw the pictures in docs/pictures again, light and dark.")
  .argument("[names...]", "with --reports: these golden reports only")
  .option("--check", "write nothing; exit with 1 if a picture is out of date")
  .option(
    "--reports <folder>",
    "instead, render golden reports in Chromium as GitHub, GitLab, Bitbucket and the HTML page show them, and measure them",
  )
  .option("--unfolded", "with --reports: open the folds in the pictures")
  .action(async (names: readonly string[], { check = false, reports, unfolded = false }: Options) => {
    if (reports !== undefined) return drawReports(names, reports, unfolded);
    for (const [file, text] of picturesOf(await talkOnScreen()))
      updateGenerated(
        { file, text, source: "dev/pictures/", command: "npm run pictures", staleCode: "schema-stale" },
        { check },
      );
  });

async function drawReports(names: readonly string[], folder: string, unfolded: boolean): Promise<void> {
  for (const name of names.filter((one) => !documentNames.includes(one)))
    throw wrongCall(`unknown report: ${name}`, `one of: ${documentNames.join(", ")}`);
  const wanted = names.length === 0 ? documentNames : names;
  const faults = await renderReports(documents(wanted), { folder, unfolded });
  const real = faults.filter((fault) => !onlyScrolls(fault));
  for (const fault of real) print(lineOf(fault));
  const scrolling = `${faults.length - real.length} tables and code blocks that scroll`;
  print(`${wanted.length} reports in ${folder}/index.html: ${real.length} faults, ${scrolling}`);
}

runCommand(command);
