import { existsSync } from "node:fs";
import type { Command } from "commander";
import { ProjectError } from "../lib/errors";
import { accessFile } from "../lib/project/read-access";
import { requireWritable, writeWhole } from "../lib/project/write-whole";
import type { Answers } from "../lib/start/init/answers";
import { type Ask, completeAnswers } from "../lib/start/init/complete-answers";
import { findAnswers } from "../lib/start/init/find-answers";
import { firstAccess } from "../lib/start/init/first-access";
import { note, print } from "../lib/terminal/output";
import { openPrompt } from "../lib/terminal/prompt";

interface Options extends Partial<Omit<Answers, "account">> {
  readonly accountId?: string;
  readonly slug?: string;
  readonly yes?: true;
}

/** `oidc init`. */
export function addInit(program: Command): void {
  program
    .command("init")
    .description(
      "Writes a first access.yaml from what git, CircleCI and AWS say, and asks for the rest. Never overwrites one.",
    )
    .option(
      "--repository <repository>",
      "the repository that deploys, as host/owner/name (default: this folder's remote)",
    )
    .option("--project <key>", "the project's name in the file")
    .option(
      "--slug <slug>",
      "the project as CircleCI names it, such as gh/acme/website (default: by the repository)",
    )
    .option("--organization <uuid>", "CircleCI's organization id")
    .option("--project-id <uuid>", "CircleCI's project id")
    .option("--person <name>", "the first person's name in the file")
    .option("--person-id <uuid>", "their CircleCI user id")
    .option("--branch <name>", "the branch that they deploy from (default: main)")
    .option("--account-id <digits>", "the AWS account (default: that of the credentials)")
    .option("--region <region>", "its region (default: AWS_REGION, or us-east-1)")
    .option("--state-bucket <name>", "the bucket for Terraform's state")
    .option("--yes", "ask nothing: take what was found")
    .action(run);
}

async function run({ accountId, slug, yes, ...given }: Options): Promise<void> {
  const file = accessFile();
  refuseOverwriting(file);
  requireWritable(file);
  const found = await findAnswers({
    env: process.env,
    folder: process.cwd(),
    note,
    ...(slug === undefined ? {} : { slug }),
  });
  const isTerminal = process.stdin.isTTY === true && process.stderr.isTTY === true;
  const answers = await withTerminal(isTerminal && yes !== true, (ask) =>
    completeAnswers({ ...given, ...(accountId === undefined ? {} : { account: accountId }) }, found, ask),
  );
  const text = firstAccess(answers);
  // Somebody may have written one while the questions were asked.
  refuseOverwriting(file);
  writeWhole(file, text);
  print(`${file} written: ${answers.person} may assume ${answers.project}/deploy from ${answers.branch}.`);
  print("Next: npm run -s oidc -- doctor, then npm run bootstrap");
}

/** Ctrl-C ends it, and nothing has been written then. */
async function withTerminal<T>(isAsked: boolean, task: (ask: Ask | undefined) => Promise<T>): Promise<T> {
  if (!isAsked) return task(undefined);
  const prompt = openPrompt();
  const interrupted = new Promise<never>((_, reject) => {
    const stop = (): void =>
      reject(new ProjectError({ code: "interrupted", message: "nothing was written" }));
    prompt.onEnd(stop);
  });
  interrupted.catch(() => undefined);
  const ask: Ask = (question, usual) =>
    prompt.ask(`${question}${usual === undefined ? "" : ` [${usual}]`}: `);
  try {
    return await Promise.race([task(ask), interrupted]);
  } finally {
    prompt.close();
  }
}

function refuseOverwriting(file: string): void {
  if (!existsSync(file)) return;
  throw new ProjectError({
    code: "access-file-exists",
    message: `${file} is there already, and is not overwritten`,
    found: file,
    fix: "edit it (npm run -s oidc -- ids --write adds people), or move it away: the example that comes with this project is kept in examples/talk",
    exitCode: 2,
  });
}
