import { z } from "zod";
import { ProjectError } from "../errors";
import { type RunResult, run } from "../process/run";

interface PlanOptions {
  /** Where the plan is kept. Undefined: nowhere. */
  readonly out?: string;
  /** Default: true. Without it another run may change the state meanwhile, and no right to write it is needed. */
  readonly lock?: boolean;
}

/** One Terraform with one environment. Every call names the folder it works in, e.g. `cdktf.out/stacks/NAME`. */
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
  async init(folder: string): Promise<void> {
    await this.check(folder, ["init", "-input=false", "-no-color"]);
  }

  /** What Terraform finds wrong with the configuration; empty: it is valid. The folder must have been initialised. */
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

  /** Takes away the lock that a killed Terraform has left. @throws ProjectError `terraform-failed` */
  async forceUnlock(folder: string, lockId: string): Promise<void> {
    await this.check(folder, ["force-unlock", "-force", lockId]);
  }

  private run(folder: string, args: readonly string[]): Promise<RunResult> {
    return run(this.program, args, { cwd: folder, env: { ...this.env, TF_IN_AUTOMATION: "1" } });
  }

  private async check(folder: string, args: readonly string[]): Promise<RunResult> {
    const result = await this.run(folder, args);
    if (result.exitCode !== 0) throw failed(args, folder, result);
    return result;
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
  return new ProjectError({
    code: "terraform-failed",
    message: `terraform ${args.join(" ")} in ${folder} ended with ${exitCode ?? signal}:\n${(stderr || stdout).trim()}`,
    found: args[0] ?? "",
  });
}
