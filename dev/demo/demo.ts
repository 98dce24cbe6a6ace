import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { oidc } from "../../lib/command-name";
import { accountView } from "../../lib/config/model/account-view";
import type { Access } from "../../lib/config/model/model";
import { ProjectError } from "../../lib/errors";
import { repositoryRoot } from "../../lib/programs/cache";
import { ownProgram } from "../../lib/programs/own-program";
import type { Progress } from "../../lib/programs/progress";
import { cdktfCommand } from "../../lib/terraform/cdktf";
import { cdktfArguments } from "../../lib/terraform/cdktf-arguments";
import type { Tools } from "../../lib/terraform/prepare";
import { Terraform } from "../../lib/terraform/terraform";
import { insideSandbox } from "../sandbox/environment/environment";
import type { Sandbox } from "../sandbox/sandbox";
import { checkClaims } from "./account/check-claims";
import { fetchContents } from "./account/contents";
import { type Connection, readBack } from "./account/read-back";
import { createStandIns } from "./account/stand-ins";
import { describeAccount } from "./account/tables";
import { tryBranchPin } from "./attacks/branch-pin";
import { tryBreakGlass } from "./attacks/break-glass";
import { tryForgeries } from "./attacks/forged";
import {
  printBranchPin,
  printBreakGlass,
  printContents,
  printForged,
  printLeftOut,
  printRun,
  printUsed,
} from "./print-talk";
import type { Replayed } from "./replay/replay";
import { notShown } from "./replay/scenarios";
import { replayTalk } from "./replay/talk";
import { runStep, type StepContext } from "./run-step";
import type { ShownPart } from "./shown-part";
import type { Talk } from "./talk";
import { tryUsedCircle } from "./usage/used-circle";

interface DemoContext {
  readonly shown: ShownPart;
  readonly accessFile: string;
  readonly sandbox: Sandbox;
  readonly tools: Tools;
  readonly progress: Progress;
  /** The demo's own folder: emptied at the start, kept afterwards. */
  readonly folder: string;
  /** The folder of the sandbox's CloudTrail records. */
  readonly trail: string;
  /** Receives each part of the output. */
  readonly say: (text: string) => void;
}

/**
 * Bootstraps, deploys with the real cdktf CLI, plans again, and reads back the account. Then people
 * push: the generated pipelines run, and AWS decides. A role is narrowed to what was used. Then
 * forged tokens are sent, and a branch is pushed that bypasses the branch pin of CircleCI's
 * documentation.
 * @throws ProjectError `demo-step-failed`, `demo-plan-has-changes`, `demo-claim-fails`
 */
export async function demo(context: DemoContext): Promise<Talk> {
  const { progress, folder, tools, sandbox, say } = context;
  const { access, leftOut } = context.shown;
  const connection = administrator(sandbox);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const log = path.join(folder, "demo.log");
  await writeFile(log, "");
  const env: NodeJS.ProcessEnv = {
    ...insideSandbox(context.sandbox.environment),
    ...tools.environment,
    CI: "1",
    OIDC_ACCESS_FILE: context.accessFile,
  };
  const step: StepContext = { cwd: repositoryRoot, env, log };
  const output = path.join(folder, "cdktf.out");

  const standIns = await createStandIns(access, connection);
  for (const { key } of access.accounts) {
    await progress.step(oidc("bootstrap", "--account", key), () =>
      runStep(
        [...ownProgram("cli/oidc.ts"), "bootstrap", "--account", key, "--yes", "--output", output],
        step,
      ),
    );
  }
  const stacks = access.accounts.flatMap((account) => accountView(access, account).stackNames);
  await progress.step("cdktf deploy, all stacks", (report) => deploy({ output, stacks }, step, report));
  await progress.step("terraform plan, all stacks again: no changes", () =>
    planAgain({ output, stacks }, tools, env),
  );
  say(await progress.step("read back the account", () => readAndCheck(access, connection)));
  const around = {
    access,
    sandbox,
    progress,
    folder: path.join(folder, "runs"),
    onRun: (run: Replayed) => say(printRun(run)),
  };
  const runs = await replayTalk({ ...around, env: { ...process.env, ...tools.environment } });
  const contents = await progress.step("fetch the contents of the buckets", () => fetchContents(access, env));
  say(printContents(contents));
  const used = await progress.step("read what was used, and narrow a role to it", () =>
    tryUsedCircle(access, context.accessFile, sandbox, connection, context.trail),
  );
  say(printUsed(used));
  const forged = await progress.step("send forged tokens to AWS", () => tryForgeries(access, sandbox));
  say(printForged(forged));
  const branchPin = await progress.step("push a branch that bypasses the documented pin", () =>
    tryBranchPin(access, sandbox, connection),
  );
  say(printBranchPin(branchPin));
  const breakGlass = await progress.step("let a person deploy for two hours, and set the clock", () =>
    tryBreakGlass(access, sandbox, connection),
  );
  say(printBreakGlass(breakGlass));
  const assumed = standIns.map((arn) => `${arn}: a stand-in, since the file does not define it`);
  const notSeen = [...leftOut, ...notShown(access), ...assumed];
  if (notSeen.length > 0) say(printLeftOut(notSeen));
  return {
    access,
    runs,
    contents,
    leftOut: notSeen,
    ...(used === undefined ? {} : { used }),
    ...(forged === undefined ? {} : { forged }),
    ...(branchPin === undefined ? {} : { branchPin }),
    ...(breakGlass === undefined ? {} : { breakGlass }),
  };
}

function administrator({ environment, endpoint }: Sandbox): Connection {
  return {
    endpoint,
    region: environment.AWS_REGION ?? "",
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? "",
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? "",
    },
  };
}

/** Where cdktf writes, and the stacks that are shown. */
interface Shown {
  readonly output: string;
  readonly stacks: readonly string[];
}

async function deploy(
  { output, stacks }: Shown,
  step: StepContext,
  report: (detail: string) => void,
): Promise<void> {
  const [program, ...first] = cdktfCommand();
  const args = cdktfArguments("deploy", [...stacks, "--auto-approve", "--output", output]);
  const printed = await runStep([program, ...first, ...args], step);
  const added = [...printed.matchAll(/Resources: (\d+) added/g)].map(([, count]) => Number(count));
  report(`${added.reduce((sum, count) => sum + count, 0)} resources added`);
}

async function planAgain({ output, stacks }: Shown, tools: Tools, env: NodeJS.ProcessEnv): Promise<void> {
  const terraform = new Terraform(tools.terraform, env);
  const folder = path.join(output, "stacks");
  const plans = await Promise.all(stacks.map((name) => terraform.plan(path.join(folder, name))));
  const changed = stacks.filter((_, index) => plans[index] !== "no-changes");
  if (changed.length === 0) return;
  throw new ProjectError({
    code: "demo-plan-has-changes",
    message: `the second plan has changes in: ${changed.join(", ")}`,
    found: changed.join(", "),
  });
}

async function readAndCheck(access: Access, connection: Connection): Promise<string> {
  const live = await readBack(connection);
  const wrong = checkClaims(access, live);
  if (wrong.length > 0) {
    throw new ProjectError({
      code: "demo-claim-fails",
      message: `the account differs from access.yaml:\n  ${wrong.join("\n  ")}`,
      found: wrong.join("; "),
    });
  }
  return describeAccount(access, live);
}
