import path from "node:path";
import { Command } from "commander";
import { demo } from "../lib/demo/demo";
import { describeError, exitCodeOf } from "../lib/errors";
import { readAccess } from "../lib/project/read-access";
import { clearedVariables } from "../lib/sandbox/environment";
import { type Sandbox, startSandbox } from "../lib/sandbox/sandbox";
import { shellExports } from "../lib/sandbox/shell-exports";
import { onStopRequest } from "../lib/sandbox/stop-requests";
import { cacheDirectory, repositoryRoot } from "../lib/tools/cache";
import { prepareTools } from "../lib/tools/prepare";
import { createProgress } from "../lib/tools/progress";

const command = new Command("demo")
  .description(
    "The talk on a local CircleCI and AWS: deployed from nothing, planned again, and pushed to by everybody.",
  )
  .option("--keep", "leave it running for a look around, until Ctrl-C")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(main);

async function main({ keep }: { readonly keep?: true }): Promise<void> {
  const started = Date.now();
  const progress = createProgress();
  const accessFile = path.join(repositoryRoot, "examples", "talk", "access.yaml");
  const access = readAccess(accessFile);
  const tools = await prepareTools(["terraform", "provider", "moto", "aws"], { progress });
  const stopped = new Promise<void>((resolve) => onStopRequest(() => resolve()));
  const sandbox = await progress.step("start the local AWS", () =>
    startSandbox({
      ...{ motoCommand: tools.moto, env: { ...process.env, ...tools.environment } },
      organizations: [access.organization.id],
    }),
  );
  try {
    const folder = path.join(cacheDirectory(), "demo");
    const run = demo({ access, accessFile, sandbox, tools, progress, folder });
    const tables = await Promise.race([run, stopped]);
    if (tables === undefined) return endBy(130);
    console.log(`\n${tables}\n`);
    console.log(
      `All of it seen on the local AWS after ${Math.round((Date.now() - started) / 1000)} s; it is as ${path.relative(process.cwd(), accessFile)} says.`,
    );
    if (keep === true) await lookAround(sandbox, stopped);
  } finally {
    await sandbox.stop();
  }
}

async function lookAround({ environment }: Sandbox, stopped: Promise<void>): Promise<void> {
  console.log("\n# It stays up. Paste this into another terminal to use it; Ctrl-C here takes it down:");
  console.log(shellExports(environment, clearedVariables(environment)).join("\n"));
  await stopped;
}

function endBy(exitCode: number): void {
  console.error("stopped before the end");
  process.exitCode = exitCode;
}

command.parseAsync().catch((error: unknown) => {
  console.error(describeError(error));
  process.exitCode = exitCodeOf(error);
});
