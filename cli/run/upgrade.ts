import { readFailOn } from "../../lib/deliver/call/gate-options";
import { printJson } from "../../lib/deliver/publish/report-files";
import { printUpgrade } from "../../lib/deliver/upgrade/print";
import { upgrade } from "../../lib/deliver/upgrade/upgrade";
import { createProgress } from "../../lib/programs/progress";
import { projectRoot } from "../../lib/project/project-root";
import { gateOf } from "../../lib/report/verdict/gate";
import { print, printAsJson } from "../../lib/terminal/output";

export interface UpgradeOptions {
  readonly to?: string;
  readonly failOn?: string;
  readonly json?: true;
}

/** Runs `oidc upgrade`. */
export async function runUpgrade({ to, failOn, json }: UpgradeOptions): Promise<void> {
  const wanted = readFailOn(failOn);
  const progress = createProgress();
  const found = await upgrade(projectRoot(), to, {
    env: process.env,
    step: progress.step.bind(progress),
  });
  if (json === true) printAsJson(printJson(found.review));
  else print(printUpgrade(found));
  const isUnexamined = wanted.includes("not-examined") && found.otherParts.size > 0;
  if (isUnexamined || gateOf(found.review, wanted, []).failing.length > 0) process.exitCode = 1;
}
