import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { oidc } from "../../command-name";
import { ProjectError } from "../../errors";
import type { StackRun } from "./stack-runs";

/**
 * Gives a task a folder for the plan files of one deploy, which only this user can read: plans hold
 * every value of a state. It is removed in the end.
 */
export async function withPlanFolder<T>(task: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-circleci-oidc-plans-"));
  try {
    return await task(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Makes sure that what was shown of each stack can be applied, before anyone approves it.
 * @param folder where the plans were saved, as cdktf-guard.cjs names them
 * @throws ProjectError `plan-not-saved` (exit 2)
 */
export function requirePlanFiles(folder: string, planned: readonly StackRun[]): void {
  const missing = planned.find(({ stack }) => !existsSync(path.join(folder, `${stack}.plan`)));
  if (missing === undefined) return;
  throw new ProjectError({
    code: "plan-not-saved",
    message: `the plan of ${missing.stack} was not saved, so a deploy could apply something else than what was shown`,
    found: missing.stack,
    fix: `run ${oidc("deploy", "--verbose")}, where Terraform itself shows the plan, asks, and applies it`,
    exitCode: 2,
  });
}
