import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { ProjectError } from "../../lib/errors";

/** What is compared of a stack; only `import`, and cdktf's comments under `//`, may differ. */
const stack = z.object({
  resource: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))),
  output: z.unknown().optional(),
  provider: z.unknown(),
  terraform: z.unknown(),
});

/**
 * Requires that two outputs declare the same: every resource with every argument, the outputs, the
 * providers and the backend of each stack.
 * @param ours folder with `stacks/<name>/cdk.tf.json`
 * @param theirs another
 * @throws ProjectError `bench-not-the-same` with the names of the stacks that differ
 */
export function requireSameStacks(ours: string, theirs: string): void {
  const names = [...new Set([ours, theirs].flatMap((outdir) => readdirSync(path.join(outdir, "stacks"))))];
  const different = names
    .sort()
    .filter((name) => !isDeepStrictEqual(declaredIn(ours, name), declaredIn(theirs, name)));
  if (names.length > 0 && different.length === 0) return;
  const found =
    names.length === 0 ? "no stacks" : `${different.slice(0, 3).join(", ")} of ${different.length}`;
  throw new ProjectError({
    code: "bench-not-the-same",
    message: `this project and the same from literals declare different stacks: ${found}`,
    found,
    fix: "update dev/bench/template/projects.ts to what this project declares for generate-access.ts",
  });
}

/** Undefined: there is no such stack. */
function declaredIn(outdir: string, name: string): unknown {
  const file = path.join(outdir, "stacks", name, "cdk.tf.json");
  if (!existsSync(file)) return undefined;
  const { resource, ...others } = stack.parse(JSON.parse(readFileSync(file, "utf8")));
  const types = Object.entries(resource).map(([type, all]) => [
    type,
    Object.fromEntries(Object.entries(all).map(([id, { "//": _comment, ...one }]) => [id, one])),
  ]);
  return { ...others, resource: Object.fromEntries(types) };
}
