import type { Command } from "commander";
import { oneDiffLine } from "../lib/collections/one-line";
import { applyReviewed } from "../lib/deliver/apply/apply-reviewed";
import { isAllApplied, printApplied } from "../lib/deliver/apply/print-applied";
import { stopOnce } from "../lib/deliver/apply/stop-once";
import { parallelism } from "../lib/deliver/call/parallelism";
import { readReviewed } from "../lib/deliver/kept/reviewed-file";
import { stacksIn } from "../lib/deliver/stacks/synthesised-stacks";
import { repositoryRoot } from "../lib/programs/cache";
import { createProgress } from "../lib/programs/progress";
import { codeVersion } from "../lib/project/git";
import { readAccess } from "../lib/project/read-access";
import { print, printAsJson } from "../lib/terminal/output";
import { hasPluginCache } from "../lib/terraform/cli-config";
import { prepareTools } from "../lib/terraform/prepare";
import { synthesise } from "../lib/terraform/synthesise";
import { Terraform } from "../lib/terraform/terraform";

interface ApplyOptions {
  readonly reviewed: string;
  readonly output: string;
  readonly parallelism?: string;
  readonly json?: true;
}

/** `oidc apply`. */
export function addApply(program: Command): void {
  program
    .command("apply")
    .description("Applies exactly the plans that `oidc review --out` has kept, if nothing has changed since.")
    .requiredOption("--reviewed <folder>", "where they are kept")
    .option("--output <folder>", "where the stacks are written", process.env.CDKTF_OUTDIR || "cdktf.out")
    .option("--parallelism <number>", "how many stacks at once (default: as many as there are cores)")
    .option("--json", "what became of each stack, for programs")
    .action(apply);
}

async function apply({ reviewed: folder, output, parallelism: number, json }: ApplyOptions): Promise<void> {
  const atOnce = parallelism(number);
  const reviewed = readReviewed(folder);
  // Before anything is fetched or written.
  readAccess();
  const progress = createProgress();
  const tools = await prepareTools(["terraform", "provider", "git"], { progress });
  const env = { ...process.env, ...tools.environment };
  const terraform = new Terraform(tools.terraform, env);
  const [code, version] = await Promise.all([
    codeVersion(repositoryRoot, [folder, output]),
    terraform.version(repositoryRoot),
    progress.step("write the stacks", () => synthesise(output, env)),
  ]);
  const stopping = stopOnce(() =>
    progress.note("stopping: Terraform finishes what it is at and releases its lock; nothing more is begun"),
  );
  try {
    const outcomes = await applyReviewed(
      reviewed,
      { code, terraform: version, stacks: stacksIn(output, []) },
      {
        terraform,
        folder,
        atOnce,
        stopping,
        initsAlone: hasPluginCache(env),
        onStack: (name, task) => progress.step(`apply ${name}`, task),
        onLine: (name, line) => progress.note(`${name}: ${oneDiffLine(line)}`),
      },
    );
    if (json === true) printAsJson(JSON.stringify({ stacks: Object.fromEntries(outcomes) }, null, 2));
    else print(printApplied(outcomes));
    if (!isAllApplied(outcomes)) process.exitCode = 1;
  } finally {
    stopping.end();
  }
}
