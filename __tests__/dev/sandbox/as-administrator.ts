import { insideSandbox } from "../../../dev/sandbox/environment/environment";
import type { Sandbox } from "../../../dev/sandbox/sandbox";
import { run } from "../../../lib/process/run";

/** What bash prints as the account's administrator. @throws Error if it fails */
export async function asAdministrator(sandbox: Sandbox, command: string, cwd: string): Promise<string> {
  const env = insideSandbox(sandbox.environment, process.env);
  const ended = await run("bash", ["-eo", "pipefail", "-c", command], { env, cwd });
  if (ended.exitCode !== 0) throw new Error(`${command}: ${ended.stderr}`);
  return ended.stdout.trim();
}
