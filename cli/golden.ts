import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { LANGUAGES, pageFile, pageText } from "../dev/golden/access-report/page-text";
import { sampleReport } from "../dev/golden/access-report/sample";
import { type GoldenName, goldenFile, goldenFolder, goldenNames } from "../dev/golden/cases";
import { play } from "../dev/golden/make";
import type { Keep } from "../dev/golden/plan-of";
import { playSituation } from "../dev/golden/play-situation";
import {
  reportFile,
  reportFolder,
  reportOf,
  reviewOfGolden,
  reviewOfSituation,
} from "../dev/golden/report-of";
import { scenarios } from "../dev/golden/scenarios";
import { situationFile, situationNames } from "../dev/golden/situations";
import { playTalk } from "../dev/golden/talk";
import { ProjectError } from "../lib/errors";
import { inParallel } from "../lib/process/in-parallel";
import { createProgress } from "../lib/programs/progress";
import { createCommand, runCommand } from "./command";

/** Half of a scenario is waiting for the local AWS. */
const AT_ONCE = 4;

const PLAYS: readonly { readonly name: string; readonly play: (keep: Keep) => Promise<void> }[] = [
  ...scenarios.map((scenario) => ({ name: scenario.name, play: (keep: Keep) => play(scenario, keep) })),
  { name: "talk", play: playTalk },
  ...situationNames.map((name) => ({ name, play: () => playSituation(name) })),
];

const command = createCommand(
  "golden",
  "Make the plans in dev/golden again, from real Terraform runs on a local AWS.",
)
  .argument("[scenarios...]", "these scenarios only")
  .option("--reports", "write only the reports of the plans that are there")
  .action(main);

async function main(names: readonly string[], { reports }: { readonly reports?: true }): Promise<void> {
  if (reports === true) return writeReports();
  for (const name of names) requireScenario(name);
  await mkdir(goldenFolder, { recursive: true });
  const progress = createProgress();
  const chosen = PLAYS.filter(({ name }) => names.length === 0 || names.includes(name));
  await inParallel(chosen, AT_ONCE, (one) =>
    progress.step(one.name, () => one.play(({ name, text }) => writeFile(goldenFile(name), text))),
  );
  if (names.length === 0) await removeOthers(goldenNames);
  await writeReports();
}

async function writeReports(): Promise<void> {
  await rm(reportFolder, { recursive: true, force: true });
  await mkdir(reportFolder, { recursive: true });
  for (const name of goldenNames) await writeFile(reportFile(name), reportOf(reviewOfGolden(name)));
  for (const name of situationNames)
    await writeFile(situationFile(name, "review.md"), reportOf(reviewOfSituation(name)));
  const sample = sampleReport();
  for (const language of LANGUAGES) await writeFile(pageFile(language), pageText(sample, language));
}

function requireScenario(name: string): void {
  const known = PLAYS.map((one) => one.name);
  if (known.includes(name)) return;
  throw new ProjectError({
    code: "unknown-scene",
    message: `unknown scenario: ${name}`,
    found: name,
    fix: `one of: ${known.join(", ")}`,
    exitCode: 2,
  });
}

/** Files of removed cases. */
async function removeOthers(names: readonly GoldenName[]): Promise<void> {
  const wanted = new Set(names.map(goldenFile));
  for (const name of await readdir(goldenFolder)) {
    const file = path.join(goldenFolder, name);
    if (!wanted.has(file)) await rm(file);
  }
}

runCommand(command);
