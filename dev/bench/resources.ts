import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ProjectError } from "../../lib/errors";

/** Number of resources by stack and type: `main-website/aws_iam_role` → 2. */
type ResourceCounts = ReadonlyMap<string, number>;

const stackFile = z.object({ resource: z.record(z.string(), z.record(z.string(), z.unknown())).default({}) });

/** Counts the resources in the output of a synth. @param outdir with `stacks/<name>/cdk.tf.json` */
export function countResources(outdir: string): ResourceCounts {
  const counts = new Map<string, number>();
  const stacks = path.join(outdir, "stacks");
  for (const stack of readdirSync(stacks)) {
    const text = readFileSync(path.join(stacks, stack, "cdk.tf.json"), "utf8");
    for (const [type, resources] of Object.entries(stackFile.parse(JSON.parse(text)).resource)) {
      counts.set(`${stack}/${type}`, Object.keys(resources).length);
    }
  }
  return counts;
}

/**
 * Requires that two outputs have the same resources. @throws ProjectError `bench-not-the-same` with
 * all differences
 */
export function requireSameResources(ours: ResourceCounts, theirs: ResourceCounts): void {
  const keys = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  const differences = keys
    .filter((key) => ours.get(key) !== theirs.get(key))
    .map((key) => `${key}: this project ${ours.get(key) ?? 0}, the template ${theirs.get(key) ?? 0}`);
  if (keys.length > 0 && differences.length === 0) return;
  const found = keys.length === 0 ? "no resources" : differences.join("; ");
  throw new ProjectError({
    code: "bench-not-the-same",
    message: `this project and the stock template have different resources: ${found}`,
    found,
    fix: "update dev/bench/template/main.ts to the resources of examples/talk/access.yaml",
  });
}
