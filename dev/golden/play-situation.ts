import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { planStacks } from "../../lib/deliver/plan/plan-stacks";
import { succeeded } from "../e2e/ended";
import { startWorld } from "../e2e/start-world";
import type { World } from "../e2e/world";
import { normalise } from "./normalise";
import { withAws } from "./pieces";
import { planOf } from "./plan-of";
import { comparedSituations, partOf, situationFile } from "./situations";

/** Applies, changes and plans a situation with the real Terraform, and keeps its plan. */
export async function playSituation(name: string): Promise<void> {
  const world = await startWorld(undefined, { ownProviders: true });
  try {
    const folder = world.stackFolder(name);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "provider.tf.json"), JSON.stringify(withAws({})));
    await standingBefore(world, name, folder);
    const after = partOf(name, "after");
    if (after !== undefined) await cp(after, folder, { recursive: true });
    succeeded(await world.terraform(name, ["init", "-input=false"]));
    const before = partOf(name, "before");
    const declared = [await textsIn(folder), before === undefined ? "" : await textsIn(before)].join("\n");
    const { text } = await planOf(world, name, { name, declared });
    await writeFile(situationFile(name, "plan.json"), text);
    await keepFailures(world, name);
    if (!comparedSituations.includes(name)) return;
    const shown = succeeded(await world.terraform(name, ["show", "-no-color", `${name}.plan`]));
    await writeFile(situationFile(name, "show.txt"), shown.stdout);
  } finally {
    await world.stop();
  }
}

/** Plans the stacks that cannot be planned as `plan` does, and keeps the reason that it reports. */
async function keepFailures(world: World, name: string): Promise<void> {
  const source = partOf(name, "failed");
  if (source === undefined) return;
  const stacks = (await readdir(source))
    .sort()
    .map((stack) => ({ name: stack, folder: world.stackFolder(stack) }));
  for (const { name: stack, folder } of stacks) {
    await cp(path.join(source, stack), folder, { recursive: true });
    await writeFile(path.join(folder, "cdk.tf.json"), JSON.stringify(withAws({})));
  }
  const planned = await planStacks(
    stacks.map((stack) => ({ ...stack, dependencies: [] })),
    {
      terraform: world.ownTerraform,
      folder: path.join(world.folder, "plans"),
      atOnce: 1,
      lock: true,
      onStack: (_, task) => task(),
    },
  );
  const reasons = planned.map(({ name: stack, plan: { review } }) => {
    if (review.failure === undefined) throw new Error(`${stack} should not have been planned`);
    return [stack, review.failure];
  });
  const text = JSON.stringify(Object.fromEntries(reasons));
  await writeFile(situationFile(name, "failed.json"), normalise(text, await textsIn(source)));
}

async function standingBefore(world: World, name: string, folder: string): Promise<void> {
  const before = partOf(name, "before");
  if (before !== undefined) {
    await cp(before, folder, { recursive: true });
    succeeded(await world.terraform(name, ["init", "-input=false"]));
    succeeded(await world.terraform(name, ["apply", "-input=false", "-auto-approve"]));
  }
  const script = partOf(name, "by-hand.sh");
  if (script !== undefined) succeeded(await world.start(["bash", "-eu", script], { cwd: folder }).ended);
}

/** All that people wrote: nothing in it was generated. */
async function textsIn(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const written = files.filter((file) => file.isFile() && /\.(tf|tftpl)$/.test(file.name));
  const texts = written.map((file) => readFile(path.join(file.parentPath, file.name), "utf8"));
  return (await Promise.all(texts)).join("\n");
}
