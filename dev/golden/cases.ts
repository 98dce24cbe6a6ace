import { readFileSync } from "node:fs";
import path from "node:path";
import { GOLDEN } from "./names";

export type GoldenName = keyof typeof GOLDEN;

type HandWrittenName = "deferred" | "provider-6";

/** The names of all plans here, sorted. */
export const goldenNames: readonly GoldenName[] = Object.keys(GOLDEN)
  .filter((name): name is GoldenName => name in GOLDEN)
  .sort();

/** Where the plans are. */
export const goldenFolder = path.join(__dirname, "plans");

export function goldenFile(name: GoldenName): string {
  return path.join(goldenFolder, `${name}.plan.json`);
}

/**
 * A plan as `terraform show -json` wrote it, but for what differs from day to day (normalise.ts).
 */
export function goldenPlan(name: GoldenName): string {
  return readFileSync(goldenFile(name), "utf8");
}

/** A plan that no stable Terraform makes, written after its format. */
export function handWrittenPlan(name: HandWrittenName): string {
  return readFileSync(path.join(__dirname, "by-hand", `${name}.plan.json`), "utf8");
}
