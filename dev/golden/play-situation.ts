import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { succeeded } from "../e2e/ended";
import { startWorld, type World } from "../e2e/world";
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
    if (!comparedSituations.includes(name)) return;
    const shown = succeeded(await world.terraform(name, ["show", "-no-color", `${name}.plan`]));
    await writeFile(situationFile(name, "show.txt"), shown.stdout);
  } finally {
    await world.stop();
  }
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
