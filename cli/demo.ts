import { rmSync } from "node:fs";
import path from "node:path";
import { demo } from "../dev/demo/demo";
import { recordPage } from "../dev/demo/record/page";
import { shownPart } from "../dev/demo/shown-part";
import { differencesIn, type Talk } from "../dev/demo/talk";
import { openDecisionFile } from "../dev/sandbox/authorize/decision-log";
import { openTrail } from "../dev/sandbox/authorize/trail-records";
import { clearedVariables, SANDBOX_ACCOUNT_ID, shellExports } from "../dev/sandbox/environment/environment";
import { onStopRequest } from "../dev/sandbox/process/stop-requests";
import { type Sandbox, startSandbox } from "../dev/sandbox/sandbox";
import { ProjectError } from "../lib/errors";
import { cacheDirectory } from "../lib/programs/cache";
import { createProgress } from "../lib/programs/progress";
import { accessFile } from "../lib/project/project-root";
import { readAccess } from "../lib/project/read-access";
import { requireWritable, writeWhole } from "../lib/project/write-whole";
import { note, print } from "../lib/terminal/output";
import { prepareTools } from "../lib/terraform/prepare";
import { createCommand, runCommand } from "./command";

const command = createCommand(
  "demo",
  "Run the talk on a local CircleCI and AWS: deploy, plan again, push, and try forged tokens.",
)
  .option("--account <key>", "the account to show, if the file has several")
  .option("--record <file>", "write a record as one self-contained HTML page")
  .option("--keep", "keep it running until Ctrl-C")
  .action(main);

interface Options {
  readonly account?: string;
  readonly keep?: true;
  readonly record?: string;
}

async function main({ account: key, keep, record }: Options): Promise<void> {
  const started = Date.now();
  const progress = createProgress();
  if (record !== undefined) requireWritable(record);
  const file = path.resolve(accessFile());
  const shown = shownPart(readAccess(), key);
  const tools = await prepareTools(["terraform", "provider", "moto", "aws"], { progress });
  const decisions = path.join(cacheDirectory(), "demo-decisions.jsonl");
  rmSync(decisions, { force: true });
  const trail = path.join(cacheDirectory(), "demo-trail");
  rmSync(trail, { recursive: true, force: true });
  const [account] = shown.access.accounts;
  const logs = [
    openDecisionFile(decisions),
    openTrail(trail, account?.id ?? SANDBOX_ACCOUNT_ID, Date.now(), account?.region),
  ];
  const stopped = new Promise<void>((resolve) => onStopRequest(() => resolve()));
  const sandbox = await progress.step("start the local AWS", () =>
    startSandbox({
      motoCommand: tools.moto,
      env: { ...process.env, ...tools.environment },
      onDecision: (decision, session) => {
        for (const log of logs) log(decision, session);
      },
      organizations: shown.access.organizations.map(({ id }) => id),
      ...(account === undefined ? {} : { accountId: account.id }),
    }),
  );
  try {
    const folder = path.join(cacheDirectory(), "demo");
    const say = (text: string) => print(`\n${text}\n`);
    const run = demo({ shown, accessFile: file, sandbox, tools, progress, folder, trail, say });
    const done = await Promise.race([run, stopped]);
    if (done === undefined) return endBy(130);
    if (record !== undefined) {
      writeWhole(record, recordPage({ talk: done, file: path.basename(file), when: new Date() }));
      print(`Recorded in ${record}`);
    }
    print(`Decisions of the local AWS, with reasons: ${path.relative(process.cwd(), decisions)}`);
    requireAgreement(done);
    const seconds = Math.round((Date.now() - started) / 1000);
    print(`AWS and ${accessFile()} agree on every job and token (${seconds} s).`);
    if (keep === true) await lookAround(sandbox, stopped);
  } finally {
    await sandbox.stop();
  }
}

/** @throws ProjectError `demo-differs` if an answer of AWS differs from access.yaml */
function requireAgreement(talk: Talk): void {
  const wrong = differencesIn(talk);
  if (wrong.length === 0) return;
  throw new ProjectError({
    code: "demo-differs",
    message: `AWS and access.yaml differ:\n  ${wrong.join("\n  ")}`,
    found: wrong.join("; "),
    fix: "this is a bug in cdktf-circleci-oidc: report it with this message and your file",
  });
}

async function lookAround({ environment }: Sandbox, stopped: Promise<void>): Promise<void> {
  print("\n# The local AWS keeps running until Ctrl-C. To use it, paste this into another terminal:");
  print(shellExports(environment, clearedVariables(environment)).join("\n"));
  await stopped;
}

function endBy(exitCode: number): void {
  note("stopped before the end");
  process.exitCode = exitCode;
}

runCommand(command);
