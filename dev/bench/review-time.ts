import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { createS3Client } from "../../lib/aws/clients";
import { ProjectError } from "../../lib/errors";
import { run } from "../../lib/process/run";
import { ownProgram } from "../../lib/programs/own-program";
import { prepareTools } from "../../lib/terraform/prepare";
import { synthesise } from "../../lib/terraform/synthesise";
import { insideSandbox, sandboxCredentials } from "../sandbox/environment/environment";
import { startSandbox } from "../sandbox/sandbox";
import { generateAccess } from "./generate-access";
import { type Comparison, compareTurns, type Turn } from "./statistics";

export interface ReviewTime extends Comparison {
  /** How many stacks are planned in each turn. */
  readonly stacks: number;
  readonly turns: readonly Turn[];
}

/**
 * The same three commands as a review runs, for the folder that is its argument; what they print
 * goes where ours keeps it.
 */
const THREE_COMMANDS = `cd "$1" && terraform init -input=false -no-color >/dev/null &&
{ terraform plan -input=false -no-color -detailed-exitcode -lock=false -out=stack.plan >/dev/null; [ $? -eq 2 ]; } &&
terraform show -json stack.plan >stack.json`;

/**
 * Times `oidc review` of stacks that are all new against Terraform alone, run by `xargs -P` with
 * the same parallelism, in turns on the same local AWS. Ours writes the stacks first; theirs finds
 * them written. Every turn begins with folders that were never initialised. A first turn of theirs
 * is not counted: it fills the disk's cache.
 * @param projects how many projects the stacks are made of, 1 or more: two stacks more than that
 * @param runs turns that count, 1 or more
 * @param freshFolder makes an empty folder
 * @throws ProjectError `bench-run-failed`
 */
export async function measureReview(
  projects: number,
  runs: number,
  freshFolder: () => string,
): Promise<ReviewTime> {
  const tools = await prepareTools(["terraform", "provider", "moto"]);
  const sandbox = await startSandbox({
    motoCommand: tools.moto,
    env: { ...process.env, ...tools.environment },
  });
  try {
    const { endpoint } = sandbox;
    const s3 = createS3Client({ endpoint, region: "us-east-1", credentials: sandboxCredentials });
    await s3.send(new CreateBucketCommand({ Bucket: "bench-state" }));
    s3.destroy();
    const accessFile = path.join(freshFolder(), "access.yaml");
    writeFileSync(accessFile, generateAccess(projects));
    const env = {
      ...insideSandbox(sandbox.environment),
      ...tools.environment,
      PATH: [path.dirname(tools.terraform), process.env.PATH ?? ""].join(path.delimiter),
      OIDC_ACCESS_FILE: accessFile,
      TF_IN_AUTOMATION: "1",
    };
    await theirs(freshFolder(), env);
    const turns: Turn[] = [];
    for (let turn = 0; turn < runs; turn += 1) {
      const oursMs = await ours(freshFolder(), env);
      turns.push({ oursMs, theirsMs: await theirs(freshFolder(), env) });
    }
    return { ...compareTurns(turns), stacks: projects + 2, turns };
  } finally {
    await sandbox.stop();
  }
}

function ours(output: string, env: NodeJS.ProcessEnv): Promise<number> {
  const atOnce = String(availableParallelism());
  const program = ownProgram("cli/oidc.ts");
  return timed([...program, "review", "--read-only", "--output", output, "--parallelism", atOnce], env);
}

async function theirs(output: string, env: NodeJS.ProcessEnv): Promise<number> {
  mkdirSync(output, { recursive: true });
  await synthesise(output, env);
  const all = `printf '%s\\n' "$2"/stacks/* | xargs -P "$3" -I{} sh -c "$1" sh {}`;
  return timed(["sh", "-c", all, "sh", THREE_COMMANDS, output, String(availableParallelism())], env);
}

async function timed(
  [command, ...args]: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const before = performance.now();
  const { exitCode, signal, stderr } = await run(command, args, { env });
  const ms = performance.now() - before;
  if (exitCode === 0) return ms;
  throw new ProjectError({
    code: "bench-run-failed",
    message: `${command} ${args.join(" ")} ended with ${exitCode ?? signal}:\n${stderr.trim()}`,
    found: stderr.trim(),
    fix: "run `npm run -s oidc -- review` to see whether planning itself works",
  });
}
