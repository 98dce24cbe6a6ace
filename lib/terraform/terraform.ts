import type { ChildProcess } from "node:child_process";
import path from "node:path";
import { z } from "zod";
import { ProjectError } from "../errors";
import { type RunOptions, type RunResult, run } from "../process/run";

/**
 * Terraform and its provider read a schema of hundreds of megabytes and end: collecting garbage
 * half as often takes a tenth of their time away for 6 % more memory, observed
 * (https://pkg.go.dev/runtime, GOGC, in percent of what is in use; default: 100).
 */
const COLLECT_LESS_OFTEN = "200";

interface InitOptions {
  /**
   * The providers are those of the lock file that is there, or it fails. Default: false, and the
   * lock file is written.
   */
  readonly lockedProviders?: boolean;
}

interface ApplyOptions {
  /** Told each line that Terraform prints. */
  readonly onLine?: (line: string) => void;
  /**
   * Told about the process as soon as it runs: it is in a group of its own, and whoever wants it to
   * stop has to tell it (SIGINT, once).
   */
  readonly onSpawn?: (child: ChildProcess) => void;
}

interface PlanOptions {
  /** Where the plan is kept. Undefined: nowhere. */
  readonly out?: string;
  /**
   * Default: true. Without it another run may change the state meanwhile, and no right to write it
   * is needed.
   */
  readonly lock?: boolean;
}

/**
 * One Terraform with one environment. Every call names the folder it works in, e.g.
 * `cdktf.out/stacks/NAME`.
 */
export class Terraform {
  /**
   * @param program absolute path
   * @param env the complete environment of the child
   */
  constructor(
    private readonly program: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** @throws ProjectError `terraform-failed` */
  async init(folder: string, { lockedProviders = false }: InitOptions = {}): Promise<void> {
    const locked = lockedProviders ? ["-lockfile=readonly"] : [];
    await this.check(folder, ["init", "-input=false", "-no-color", ...locked]);
  }

  /**
   * Such as `1.11.4`; OpenTofu's own number for OpenTofu. @throws ProjectError `terraform-failed`,
   * `terraform-version`
   */
  async version(folder: string): Promise<string> {
    const { stdout } = await this.check(folder, ["version", "-json"]);
    return parseVersionAnswer(stdout);
  }

  /**
   * What the folder's providers can manage, as `terraform providers schema -json` prints it. The
   * folder must have been initialised. @throws ProjectError `terraform-failed`
   */
  async providersSchema(folder: string): Promise<string> {
    return (await this.check(folder, ["providers", "schema", "-json"])).stdout;
  }

  /**
   * What Terraform finds wrong with the configuration; empty: it is valid. The folder must have
   * been initialised.
   */
  async validate(folder: string): Promise<readonly string[]> {
    const { stdout } = await this.run(folder, ["validate", "-json"]);
    const { diagnostics } = validateAnswer.parse(JSON.parse(stdout));
    return diagnostics.map(({ severity, summary, detail }) => `${severity}: ${summary}: ${detail}`);
  }

  /**
   * Plans, and keeps the plan if `out` is given.
   * @returns whether there is anything to do
   * @throws ProjectError `terraform-failed`
   */
  async plan(folder: string, { out, lock = true }: PlanOptions = {}): Promise<"changes" | "no-changes"> {
    const args = [
      "plan",
      "-input=false",
      "-no-color",
      "-detailed-exitcode",
      ...(lock ? [] : ["-lock=false"]),
      ...(out === undefined ? [] : [`-out=${out}`]),
    ];
    const result = await this.run(folder, args);
    if (result.exitCode === 0) return "no-changes";
    if (result.exitCode === 2) return "changes";
    throw failed(args, folder, result);
  }

  /** A kept plan as the text of its JSON. @throws ProjectError `terraform-failed` */
  async showPlan(folder: string, plan: string): Promise<string> {
    return (await this.check(folder, ["show", "-json", plan])).stdout;
  }

  /**
   * Does exactly what a kept plan says, or nothing.
   * @returns `stale`: the state is not the one that was planned on, and nothing was done
   * @throws ProjectError `terraform-failed`
   */
  async apply(
    folder: string,
    plan: string,
    { onLine, onSpawn }: ApplyOptions = {},
  ): Promise<"applied" | "stale"> {
    const args = ["apply", "-input=false", "-no-color", plan];
    const result = await this.run(folder, args, {
      ownGroup: true,
      ...(onLine === undefined ? {} : { onLine }),
      ...(onSpawn === undefined ? {} : { onSpawn }),
    });
    if (result.exitCode === 0) return "applied";
    if (STALE.test(result.stderr)) return "stale";
    throw failed(args, folder, result);
  }

  /**
   * Takes away the lock that a killed Terraform has left. @throws ProjectError `terraform-failed`
   */
  async forceUnlock(folder: string, lockId: string): Promise<void> {
    await this.check(folder, ["force-unlock", "-force", lockId]);
  }

  private run(folder: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    return run(this.program, args, {
      ...options,
      cwd: folder,
      env: { GOGC: COLLECT_LESS_OFTEN, ...this.env, TF_IN_AUTOMATION: "1" },
    });
  }

  private async check(folder: string, args: readonly string[]): Promise<RunResult> {
    const result = await this.run(folder, args);
    if (result.exitCode !== 0) throw failed(args, folder, result);
    return result;
  }
}

/**
 * Terraform 1.11, `internal/backend/local/backend_local.go`: the state has another serial, or
 * another lineage. OpenTofu's words are the same.
 */
const STALE = /Saved plan is stale|Saved plan does not match the given state/;

/**
 * Terraform 1.11, `internal/command/clistate/state.go`, also where colours or a frame stand around
 * it.
 */
const LOCKED = /Error (acquiring|locking) (the )?state/i;

const versionAnswer = z.object({ terraform_version: z.string() });

function parseVersionAnswer(text: string): string {
  try {
    return versionAnswer.parse(JSON.parse(text)).terraform_version;
  } catch (cause) {
    throw new ProjectError({
      code: "terraform-version",
      message: "terraform version -json does not say which version it is",
      found: text.slice(0, 200),
      fix: "see what the program that TERRAFORM_BINARY_NAME or the PATH names prints",
      cause,
    });
  }
}

const validateAnswer = z.object({
  diagnostics: z.array(
    z.object({ severity: z.string(), summary: z.string(), detail: z.string().default("") }),
  ),
});

function failed(
  args: readonly string[],
  folder: string,
  { exitCode, signal, stdout, stderr }: RunResult,
): ProjectError {
  const said = (stderr || stdout).trim();
  return new ProjectError({
    message: `terraform ${args.join(" ")} in ${folder} ended with ${exitCode ?? signal}:\n${said}`,
    found: args[0] ?? "",
    ...(LOCKED.test(said)
      ? {
          code: "state-locked",
          fix: `if another run is at work, wait for it; a run that was killed leaves its lock: npm run unlock -- ${path.basename(folder)}`,
        }
      : { code: "terraform-failed" }),
  });
}
