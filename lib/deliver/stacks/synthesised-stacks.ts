import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { compareText } from "../../collections/sort";
import { suggest } from "../../collections/suggest";
import { oidc } from "../../command-name";
import { ProjectError } from "../../errors";
import { isNamed } from "../../terraform/cdktf-arguments";

const manifestSchema = z.object({
  stacks: z.record(
    z.string(),
    z.object({ workingDirectory: z.string(), dependencies: z.array(z.string()).default([]) }),
  ),
});

/** A stack that cdktf has synthesised. */
export interface SynthesisedStack {
  readonly name: string;
  /** The absolute path of the folder that Terraform runs in. */
  readonly folder: string;
  readonly dependencies: readonly string[];
}

/**
 * The stacks in cdktf's manifest, by name.
 * @param output cdktf's output folder
 * @param names of the stacks, `*` for any characters; empty: all
 * @throws ProjectError `not-synthesised`, `unknown-stack` (exit 2)
 */
export function stacksIn(output: string, names: readonly string[]): readonly SynthesisedStack[] {
  const { stacks } = readManifest(path.join(output, "manifest.json"));
  const known = Object.keys(stacks).sort(compareText);
  for (const name of names) {
    if (known.some((one) => isNamed([name], one))) continue;
    const near = suggest(name, known);
    throw new ProjectError({
      code: "unknown-stack",
      message: `no stack "${name}" in ${output}`,
      found: name,
      fix: near === undefined ? `one of: ${known.join(", ")}` : `did you mean "${near}"?`,
      exitCode: 2,
    });
  }
  return known
    .filter((name) => isNamed(names, name))
    .flatMap((name) => {
      const stack = stacks[name];
      if (stack === undefined) return [];
      const folder = path.resolve(output, stack.workingDirectory);
      return [{ name, folder, dependencies: stack.dependencies }];
    });
}

function readManifest(file: string): z.infer<typeof manifestSchema> {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new ProjectError({
      code: "not-synthesised",
      message: `${file} is missing or was not written by cdktf`,
      found: file,
      fix: `run \`${oidc("synth")}\` first`,
      exitCode: 2,
      cause,
    });
  }
}
