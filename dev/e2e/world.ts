import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";
import { ownProgram } from "../../lib/programs/own-program";
import { cdktfCommand } from "../../lib/terraform/cdktf";
import { cdktfArguments } from "../../lib/terraform/cdktf-arguments";
import { prepareTools } from "../../lib/terraform/prepare";
import type { Product } from "../../lib/terraform/product";
import { Terraform } from "../../lib/terraform/terraform";
import { insideSandbox } from "../sandbox/environment/environment";
import { type Sandbox, startSandbox } from "../sandbox/sandbox";
import { descendants, type Ended, untilEnd } from "../tools/sandbox-support";
import { succeeded } from "./ended";
import type { Gate } from "./gate";
import type { PlanJson } from "./plan";
import { brokerFor, type ProviderBroker, SHARED_TERRAFORM } from "./providers/provider-broker";
import { talk } from "./talk";

interface RunSettings {
  /** Endpoint of a gate in front of the sandbox, instead of the sandbox itself. */
  readonly endpoint?: string;
  readonly cwd?: string;
  /** Where cdktf writes, instead of the world's own folder. */
  readonly output?: string;
  /** Overrides the world's own variables, for example with the credentials of a session. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A running command. */
interface Running {
  readonly ended: Promise<Ended>;
  /**
   * Sends SIGKILL to the command and all its descendants, Terraform and its provider included, so
   * that none can clean up.
   */
  readonly kill: () => Promise<Ended>;
}

/**
 * A local AWS for one test file, an access.yaml, and the real commands of this project that work on
 * them.
 */
export class World {
  /** Where cdktf and synth write. */
  readonly output: string;
  readonly accessFile: string;
  private readonly running = new Set<ChildProcess>();

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
   * main.ts writes every stack, and `terraform init` runs in the named ones. Faster than cdktf, which
   * also starts main.ts.
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
    const child = spawn(program, args, {
      cwd: cwd ?? repositoryRoot,
      // Commands behind a gate start their own providers, which die with them.
      env: endpoint === undefined ? { ...env, ...this.broker?.sharedBy(env) } : env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.running.add(child);
    const ended = untilEnd(child).finally(() => this.running.delete(child));
    const kill = () => {
      killTree(child);
      return ended;
    };
    return { ended, kill };
  }

  /** Ends running commands and the sandbox, and deletes the folder. */
  async stop(): Promise<void> {
    for (const child of this.running) killTree(child);
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

/**
 * Resolves when the gate holds a call of this command. Fails with the command's output if it ends
 * without one.
 */
export async function untilHeld({ held }: Pick<Gate, "held">, { ended }: Running): Promise<void> {
  const first = await Promise.race([held, ended]);
  if ("exitCode" in first) throw new Error(`nothing was held:\n${first.stdout}${first.stderr}`);
}

export interface WorldSettings {
  /** Terraform starts its own provider for each command, with the schema of all resource types. */
  readonly ownProviders?: boolean;
  /** `terraform init` installs the provider also for commands that share running ones. */
  readonly installs?: boolean;
  /** The running providers to share, which end with the world. Default: the world has its own. */
  readonly broker?: ProviderBroker | undefined;
}

/**
 * Starts a world with the talk's access.yaml in it. The caller stops it.
 * @param there a local AWS that runs already and goes down with the world; otherwise one of its own
 */
export async function startWorld(
  there?: Omit<Sandbox, "circleCi" | "clock" | "motoEndpoint">,
  { ownProviders = false, installs = false, broker: given }: WorldSettings = {},
): Promise<World> {
  const tools = await prepareTools(["terraform", "provider", "moto", "aws"]);
  const folder = await mkdtemp(path.join(tmpdir(), "world-"));
  const env = { ...process.env, ...tools.environment };
  const sandbox = there ?? (await startSandbox({ motoCommand: tools.moto, env }));
  const broker = ownProviders ? undefined : (given ?? brokerFor(tools));
  const terraform = broker === undefined ? tools.terraform : SHARED_TERRAFORM;
  const world = new World(
    sandbox,
    folder,
    {
      ...insideSandbox(sandbox.environment),
      ...tools.environment,
      CI: "1",
      CDKTF_OUTDIR: path.join(folder, "cdktf.out"),
      OIDC_ACCESS_FILE: path.join(folder, "access.yaml"),
      TERRAFORM_BINARY_NAME: terraform,
      SHARED_PROVIDERS_TERRAFORM: tools.terraform,
      ...(installs ? { SHARED_PROVIDERS_INSTALL: "1" } : {}),
    },
    terraform,
    tools.product,
    broker,
  );
  await world.writeAccess(await talk());
  return world;
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  for (const pid of [child.pid, ...descendants(child.pid).map((process) => process.pid)]) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has already ended.
    }
  }
}
