import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { AccountReader } from "../e2e/account";
import { succeeded } from "../e2e/ended";
import { startWorld } from "../e2e/start-world";
import type { World } from "../e2e/world";
import type { Ended } from "../tools/sandbox-support";
import { ALICE, BOB } from "./pieces";
import { failed, type Keep, planOf } from "./plan-of";
import type { Blocks, PlanStep, Scenario, Step } from "./scenario";

/** Runs a scenario with the real Terraform on its own local AWS. */
export async function play(scenario: Scenario, keep: Keep): Promise<void> {
  const world = await startWorld(undefined, { ownProviders: true });
  const account = new AccountReader(world.sandbox);
  try {
    await new Stage(scenario, world, account, keep).play();
  } finally {
    account.close();
    await world.stop();
  }
}

class Stage {
  private readonly folder: string;
  /** What the folder has been initialised for. */
  private initialisedFor = "";

  constructor(
    private readonly scenario: Scenario,
    private readonly world: World,
    private readonly account: AccountReader,
    private readonly keep: Keep,
  ) {
    this.folder = world.stackFolder(scenario.name);
  }

  async play(): Promise<void> {
    for (const [folder, blocks] of Object.entries(this.scenario.modules ?? {}))
      await this.write(blocks, folder);
    for (const step of this.scenario.steps) await this.take(step);
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
    // Manual changes use the same people as the configurations.
    const declared = JSON.stringify([this.scenario, ALICE, BOB]);
    await this.keep(await planOf(this.world, this.scenario.name, { name, declared, args, errored }));
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
    return this.world.terraform(this.scenario.name, args);
  }
}
