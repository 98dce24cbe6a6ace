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
  /** Number of stacks in each turn. */
  readonly stacks: number;
  readonly turns: readonly Turn[];
}

/**
 * The three commands of a review for the stack folder in its argument. Their output is kept in the
 * same files.
 */
const THREE_COMMANDS = `cd "$1" && terraform init -input=false -no-color >/dev/null &&
{ terraform plan -input=false -no-color -detailed-exitcode -lock=false -out=stack.plan >/dev/null; [ $? -eq 2 ]; } &&
terraform show -json stack.plan >stack.json`;

/**
 * Measures `oidc review` of new stacks and Terraform with `xargs -P`, with the same parallelism, in
 * alternating turns on one local AWS. The review includes the synth; xargs starts with its output.
 * Every turn starts without initialized folders. A first turn with xargs is not counted: it fills
 * the disk cache.
 * @param projects number of projects, 1 or more: there are two more stacks
 * @param runs counted turns, 1 or more
 * @param freshFolder creates an empty folder
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
    fix: "run `npm run -s oidc -- review` to see whether planning works",
  });
}
