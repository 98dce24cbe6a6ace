import { oneDiffLine } from "../../lib/collections/one-line";
import { applyReviewed } from "../../lib/deliver/apply/apply-reviewed";
import { isAllApplied, printApplied } from "../../lib/deliver/apply/print-applied";
import { stopOnce } from "../../lib/deliver/apply/stop-once";
import { parallelism } from "../../lib/deliver/call/parallelism";
import { readReviewed } from "../../lib/deliver/kept/reviewed-file";
import { stacksIn } from "../../lib/deliver/stacks/synthesised-stacks";
import { createProgress } from "../../lib/programs/progress";
import { codeVersion } from "../../lib/project/git";
import { outputFolder, projectRoot } from "../../lib/project/project-root";
import { readAccess } from "../../lib/project/read-access";
import { print, printAsJson } from "../../lib/terminal/output";
import { hasPluginCache } from "../../lib/terraform/cli-config";
import { prepareTools } from "../../lib/terraform/prepare";
import { synthesise } from "../../lib/terraform/synthesise";
import { Terraform } from "../../lib/terraform/terraform";

export interface ApplyOptions {
  readonly reviewed: string;
  readonly output?: string;
  readonly parallelism?: string;
  readonly json?: true;
}

/** Runs `oidc apply`. */
export async function runApply({
  reviewed: folder,
  parallelism: number,
  json,
  ...options
}: ApplyOptions): Promise<void> {
  const { output = outputFolder() } = options;
  const project = projectRoot();
  const atOnce = parallelism(number);
  const reviewed = readReviewed(folder);
  // Fails before anything is downloaded or written.
  const access = readAccess();
  const progress = createProgress();
  const tools = await prepareTools(["terraform", "provider", "git"], { progress, access });
  const env = { ...process.env, ...tools.environment };
  const terraform = new Terraform(tools.terraform, env);
  const [code, version] = await Promise.all([
    codeVersion(project, [folder, output]),
    terraform.version(project),
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
