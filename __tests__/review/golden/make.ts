import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { AccountReader } from "../../e2e/account";
import { succeeded } from "../../e2e/ended";
import { startWorld, type World } from "../../e2e/world";
import type { Ended } from "../../sandbox/support";
import type { GoldenName } from "./cases";
import { normalise } from "./normalise";
import type { Blocks, PlanStep, Scene, Step } from "./scene";

export interface MadePlan {
  readonly name: GoldenName;
  readonly text: string;
}

/** Plays a scene with the true Terraform on a local AWS of its own. @returns its plans, in the order of its steps */
export async function play(scene: Scene): Promise<readonly MadePlan[]> {
  const world = await startWorld();
  const account = new AccountReader(world.sandbox);
  try {
    return await new Stage(scene, world, account).play();
  } finally {
    account.close();
    await world.stop();
  }
}

class Stage {
  private readonly folder: string;
  private readonly plans: MadePlan[] = [];
  /** What the folder has been initialised for. */
  private initialisedFor = "";

  constructor(
    private readonly scene: Scene,
    private readonly world: World,
    private readonly account: AccountReader,
  ) {
    this.folder = world.stackFolder(scene.name);
  }

  async play(): Promise<readonly MadePlan[]> {
    for (const [folder, blocks] of Object.entries(this.scene.modules ?? {})) await this.write(blocks, folder);
    for (const step of this.scene.steps) await this.take(step);
    return this.plans;
  }

  private async take(step: Step): Promise<void> {
    if ("byHand" in step) await step.byHand(this.account);
    else if ("terraform" in step) succeeded(await this.terraform(step.terraform));
    else if ("plan" in step) await this.plan(step);
    else {
      await this.configure(step.apply);
      const ended = await this.terraform(["apply", "-input=false", "-auto-approve"]);
      if (step.fails === true) failed(ended);
      else succeeded(ended);
    }
  }

  private async plan({ plan: name, of, args = [], errored }: PlanStep): Promise<void> {
    await this.configure(of);
    const file = `${name}.plan`;
    const planned = await this.terraform(["plan", "-input=false", `-out=${file}`, ...args]);
    if (errored === true) failed(planned);
    else succeeded(planned);
    const { stdout } = succeeded(await this.terraform(["show", "-json", file]));
    this.plans.push({ name, text: normalise(stdout, JSON.stringify(this.scene)) });
  }

  private async configure(blocks: Blocks): Promise<void> {
    await this.write(blocks, "");
    const needs = JSON.stringify([blocks.terraform, blocks.module]);
    if (needs === this.initialisedFor) return;
    succeeded(await this.terraform(["init", "-input=false"]));
    this.initialisedFor = needs;
  }

  private async write(blocks: Blocks, folder: string): Promise<void> {
    const target = path.join(this.folder, folder);
    await mkdir(target, { recursive: true });
    await writeFile(path.join(target, "main.tf.json"), JSON.stringify(blocks));
  }

  private terraform(args: readonly string[]): Promise<Ended> {
    return this.world.terraform(this.scene.name, args);
  }
}

/** What a command printed, provided that it ended with 1, as it had to. */
function failed(ended: Ended): Ended {
  if (ended.exitCode === 1) return ended;
  throw new Error(`should have failed, and ended with ${ended.exitCode ?? ended.signal}:\n${ended.stdout}`);
}
