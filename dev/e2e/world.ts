import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";
import { ownProgram } from "../../lib/programs/own-program";
import { cdktfCommand } from "../../lib/terraform/cdktf";
import { cdktfArguments } from "../../lib/terraform/cdktf-arguments";
import type { Product } from "../../lib/terraform/product";
import { Terraform } from "../../lib/terraform/terraform";
import type { Sandbox } from "../sandbox/sandbox";
import type { Ended } from "../tools/sandbox-support";
import { succeeded } from "./ended";
import type { PlanJson } from "./plan";
import type { ProviderBroker } from "./providers/provider-broker";
import { type Running, startCommand } from "./running";

interface RunSettings {
  /** Endpoint of a gate in front of the sandbox, instead of the sandbox itself. */
  readonly endpoint?: string;
  readonly cwd?: string;
  /** Where cdktf writes, instead of the world's own folder. */
  readonly output?: string;
  /** Overrides the world's own variables, for example with the credentials of a session. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * A local AWS for one test file, an access.yaml, and the real commands of this project that work on
 * them.
 */
export class World {
  /** Where cdktf and synth write. */
  readonly output: string;
  readonly accessFile: string;
  private readonly running = new Set<Running>();

  constructor(
    readonly sandbox: Omit<Sandbox, "circleCi" | "clock" | "motoEndpoint">,
    readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly terraformProgram: string,
    readonly product: Product,
    /** If commands share running providers. */
    private readonly broker: ProviderBroker | undefined,
  ) {
    this.output = path.join(folder, "cdktf.out");
    this.accessFile = path.join(folder, "access.yaml");
  }

  writeAccess(text: string): Promise<void> {
    return writeFile(this.accessFile, text);
  }

  stackFolder(stack: string): string {
    return path.join(this.output, "stacks", stack);
  }

  /** `npm run NAME -- ARGS…`, without npm: of `oidc`, or of one of its commands. */
  ours(name: string, args: readonly string[], settings: RunSettings = {}): Promise<Ended> {
    return this.start(this.ourCommand(name, args), settings).ended;
  }

  startOurs(name: string, args: readonly string[], settings: RunSettings = {}): Running {
    return this.start(this.ourCommand(name, args), settings);
  }

  bootstrap(settings: RunSettings = {}): Promise<Ended> {
    return this.ours("bootstrap", ["--account", "main", "--yes", "--output", this.output], settings);
  }

  /** The real cdktf CLI: `cdktf deploy STACK… --auto-approve`, or `destroy`. */
  startCdktf(command: "deploy" | "destroy", stacks: readonly string[], settings: RunSettings = {}): Running {
    const [program, ...first] = cdktfCommand();
    const { output = this.output } = settings;
    // What cdktf.json names, compiled. The demos run cdktf with that itself.
    const app = ownProgram("main.ts")
      .map((word) => `"${word}"`)
      .join(" ");
    const args = cdktfArguments(command, [...stacks, "--auto-approve", "--output", output, "--app", app]);
    return this.start([program, ...first, ...args], settings);
  }

  cdktf(
    command: "deploy" | "destroy",
    stacks: readonly string[],
    settings: RunSettings = {},
  ): Promise<Ended> {
    return this.startCdktf(command, stacks, settings).ended;
  }

  /**
   * main.ts writes every stack, and `terraform init` runs in the named ones. Faster than cdktf,
   * which also starts main.ts.
   */
  async synth(...stacks: readonly string[]): Promise<void> {
    await mkdir(this.output, { recursive: true });
    succeeded(await this.start(ownProgram("main.ts"), {}).ended);
    const fresh = stacks.filter((stack) => !existsSync(path.join(this.stackFolder(stack), ".terraform")));
    await Promise.all(fresh.map(async (stack) => succeeded(await this.terraform(stack, ["init"]))));
  }

  terraform(stack: string, args: readonly string[], settings: RunSettings = {}): Promise<Ended> {
    return this.startTerraform(stack, args, settings).ended;
  }

  /** Terraform as the commands of this project run it. */
  get ownTerraform(): Terraform {
    return new Terraform(this.terraformProgram, this.environment);
  }

  startTerraform(stack: string, args: readonly string[], settings: RunSettings = {}): Running {
    const [command = "", ...rest] = args;
    return this.start([this.terraformProgram, command, "-no-color", ...rest], {
      ...settings,
      cwd: this.stackFolder(stack),
    });
  }

  /** The AWS CLI. */
  aws(args: readonly string[]): Promise<Ended> {
    return this.start(["aws", ...args], {}).ended;
  }

  /**
   * Plans the stack as last written by `cdktf` or `synth` and returns the plan; `applyPlan` applies
   * it.
   */
  async plan(stack: string): Promise<PlanJson> {
    succeeded(await this.terraform(stack, ["plan", "-input=false", "-out=test.plan"]));
    const { stdout } = succeeded(await this.terraform(stack, ["show", "-json", "test.plan"]));
    return JSON.parse(stdout);
  }

  /** Whether Terraform's plan is empty, outputs and moved resources included. */
  async planHasNoChanges(stack: string): Promise<boolean> {
    const { exitCode, stdout, stderr } = await this.terraform(stack, [
      "plan",
      "-input=false",
      "-detailed-exitcode",
    ]);
    if (exitCode !== 0 && exitCode !== 2) throw new Error(stdout + stderr);
    return exitCode === 0;
  }

  /** Applies with Terraform alone; `synth` comes first. */
  async apply(stack: string): Promise<Ended> {
    return succeeded(await this.terraform(stack, ["apply", "-input=false", "-auto-approve"]));
  }

  /** Applies the last `plan` of this stack. */
  async applyPlan(stack: string): Promise<Ended> {
    return succeeded(await this.terraform(stack, ["apply", "-input=false", "test.plan"]));
  }

  start(
    [program, ...args]: readonly [string, ...string[]],
    { endpoint, cwd, output, env: own }: RunSettings,
  ): Running {
    const env = {
      ...this.environment,
      ...(endpoint === undefined ? {} : { AWS_ENDPOINT_URL: endpoint }),
      ...(output === undefined ? {} : { CDKTF_OUTDIR: output }),
      ...own,
    };
    const settings = { cwd: cwd ?? repositoryRoot, env: { ...env, ...this.broker?.sharedBy(env) } };
    const command = startCommand([program, ...args], settings);
    // The providers of a gate are those of its command, and die with it.
    const kill = async () => {
      const ended = command.kill();
      if (endpoint !== undefined) await this.broker?.kill(env);
      return ended;
    };
    const running = { kill, ended: command.ended.finally(() => this.running.delete(running)) };
    this.running.add(running);
    return running;
  }

  /** Ends running commands and the sandbox, and deletes the folder. */
  async stop(): Promise<void> {
    for (const { kill } of this.running) void kill();
    await this.broker?.stop();
    await this.sandbox.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Variables for Terraform in the jobs of pipelines, which get their credentials from AWS. */
  get jobEnvironment(): Readonly<Record<string, string>> {
    return this.broker?.environment ?? {};
  }

  private ourCommand(name: string, args: readonly string[]): readonly [string, ...string[]] {
    return [...ownProgram("cli/oidc.ts"), ...(name === "oidc" ? [] : [name]), ...args];
  }
}
