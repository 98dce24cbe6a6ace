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
    .description("Apply exactly the plans that `oidc review --out` kept, if the code is unchanged.")
    .requiredOption("--reviewed <folder>", "folder of the reviewed plans")
    .option("--output <folder>", "folder for the synthesised stacks", process.env.CDKTF_OUTDIR || "cdktf.out")
    .option("--parallelism <number>", "number of stacks at once (default: number of cores)")
    .option("--json", "print the result of each stack as JSON")
    .action(apply);
}

async function apply({ reviewed: folder, output, parallelism: number, json }: ApplyOptions): Promise<void> {
  const atOnce = parallelism(number);
  const reviewed = readReviewed(folder);
  // Fails before anything is downloaded or written.
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
    progress.note(
      "stopping: Terraform finishes its current operations and releases its lock; no other stack is started",
    ),
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
