import path from "node:path";
import { demoAdopt } from "../dev/demo/adopt/demo-adopt";
import { clearedVariables, shellExports } from "../dev/sandbox/environment/environment";
import { onStopRequest } from "../dev/sandbox/process/stop-requests";
import { startSandbox } from "../dev/sandbox/sandbox";
import { cacheDirectory } from "../lib/programs/cache";
import { createProgress } from "../lib/programs/progress";
import { note, print } from "../lib/terminal/output";
import { prepareTools } from "../lib/terraform/prepare";
import { createCommand, runCommand } from "./command";

const command = createCommand(
  "demo:adopt",
  "Adopt an account that was set up by hand, on a local AWS, without changing it.",
)
  .option("--keep", "keep it running until Ctrl-C")
  .action(main);

async function main({ keep }: { readonly keep?: true }): Promise<void> {
  const started = Date.now();
  const progress = createProgress();
  const tools = await prepareTools(["terraform", "provider", "moto", "aws"], { progress });
  const stopped = new Promise<"stopped">((resolve) => onStopRequest(() => resolve("stopped")));
  const sandbox = await progress.step("start the local AWS", () =>
    startSandbox({ motoCommand: tools.moto, env: { ...process.env, ...tools.environment } }),
  );
  try {
    const folder = path.join(cacheDirectory(), "demo-adopt");
    const say = (text: string) => print(`\n${text.trimEnd()}\n`);
    const done = await Promise.race([demoAdopt({ sandbox, tools, progress, folder, say }), stopped]);
    if (done === "stopped") {
      note("stopped before the end");
      process.exitCode = 130;
      return;
    }
    const seconds = Math.round((Date.now() - started) / 1000);
    const shown = path.relative(process.cwd(), path.join(folder, "access.yaml"));
    print(`Terraform manages the account, and nothing in AWS changed (${seconds} s). The file: ${shown}`);
    if (keep !== true) return;
    print("\n# The local AWS keeps running until Ctrl-C. To use it, paste this into another terminal:");
    const lines = shellExports(sandbox.environment, clearedVariables(sandbox.environment));
    print([`export OIDC_ACCESS_FILE='${path.join(folder, "access.yaml")}'`, ...lines].join("\n"));
    await stopped;
  } finally {
    await sandbox.stop();
  }
}

runCommand(command);
