import type { ChildProcess } from "node:child_process";
import path from "node:path";
import { z } from "zod";
import { oidc } from "../command-name";
import { ProjectError } from "../errors";
import { type RunOptions, type RunResult, run } from "../process/run";

/**
 * Terraform and its provider read a schema of hundreds of megabytes and exit. Less frequent garbage
 * collection saves 10 % of their time for 6 % more memory, measured (https://pkg.go.dev/runtime,
 * GOGC, in percent; default: 100).
 */
const COLLECT_LESS_OFTEN = "200";

interface InitOptions {
  /** Fail if the providers differ from the lock file. Default: false, which updates the file. */
  readonly lockedProviders?: boolean;
}

interface ApplyOptions {
  /** Called with each line of output. */
  readonly onLine?: (line: string) => void;
  /** Called with the process, which has its own group: the caller stops it (SIGINT, once). */
  readonly onSpawn?: (child: ChildProcess) => void;
}

interface PlanOptions {
  /** File for the plan. Default: none. */
  readonly out?: string;
  /** Default: true. Without a lock another run may change the state, and read access suffices. */
  readonly lock?: boolean;
}

/** A Terraform or OpenTofu program with its environment. Each call names its folder. */
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
   * The schema of the folder's providers, as `terraform providers schema -json` prints it. The
   * folder must be initialized. @throws ProjectError `terraform-failed`
   */
  async providersSchema(folder: string): Promise<string> {
    return (await this.check(folder, ["providers", "schema", "-json"])).stdout;
  }

  /** The errors in the configuration; empty: valid. The folder must be initialized. */
  async validate(folder: string): Promise<readonly string[]> {
    const { stdout } = await this.run(folder, ["validate", "-json"]);
    const { diagnostics } = validateAnswer.parse(JSON.parse(stdout));
    return diagnostics.map(({ severity, summary, detail }) => `${severity}: ${summary}: ${detail}`);
  }

  /**
   * Plans, and writes the plan to `out`.
   * @returns whether the plan has changes
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
    throw this.failed(args, folder, result);
  }

  /** A plan file as JSON. @throws ProjectError `terraform-failed` */
  async showPlan(folder: string, plan: string): Promise<string> {
    return (await this.check(folder, ["show", "-json", plan])).stdout;
  }

  /**
   * Applies a plan file.
   * @returns `stale`: the state has changed since the plan, and nothing was applied
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
    throw this.failed(args, folder, result);
  }

  /**
   * Removes a state lock. @throws ProjectError `terraform-failed`
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
    if (result.exitCode !== 0) throw this.failed(args, folder, result);
    return result;
  }

  private failed(args: readonly string[], folder: string, result: RunResult): ProjectError {
    return failed(nameOf(this.program), args, folder, result);
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

/** The command as users know it; a program of another name is one for Terraform. */
function nameOf(program: string): string {
  return path.basename(program, ".exe") === "tofu" ? "tofu" : "terraform";
}

const versionAnswer = z.object({ terraform_version: z.string() });

function parseVersionAnswer(text: string): string {
  try {
    return versionAnswer.parse(JSON.parse(text)).terraform_version;
  } catch (cause) {
    throw new ProjectError({
      code: "terraform-version",
      message: "terraform version -json printed no version",
      found: text.slice(0, 200),
      fix: "check the program that TERRAFORM_BINARY_NAME or the PATH names",
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
  name: string,
  args: readonly string[],
  folder: string,
  { exitCode, signal, stdout, stderr }: RunResult,
): ProjectError {
  const said = (stderr || stdout).trim();
  return new ProjectError({
    message: `\`${name} ${args[0] ?? ""}\` failed in ${folder} (exit code ${exitCode ?? signal}):\n${said}`,
    found: args[0] ?? "",
    ...(LOCKED.test(said)
      ? {
          code: "state-locked",
          fix: `wait for the run that holds the lock; if it was killed: ${oidc("unlock", path.basename(folder))}`,
        }
      : { code: "terraform-failed" }),
  });
}
