import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { SynthesisedStack } from "../../lib/deliver/stacks/synthesised-stacks";
import { Terraform } from "../../lib/terraform/terraform";

/** A Terraform that does what a shell script says; the true one's turn is in e2e. */
export function fakeTerraform(folder: string, script: string): Terraform {
  return new Terraform(fakeTerraformProgram(folder, script), { PATH: process.env.PATH ?? "" });
}

/** @returns the program's path */
export function fakeTerraformProgram(folder: string, script: string): string {
  const program = path.join(folder, "terraform");
  writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return program;
}

/**
 * What the real Terraform does with files: a lock file by `init`, a plan by `plan -out`. `$out` is
 * the plan's file.
 */
export const WRITES_FILES = `
for arg; do case "$arg" in -out=*) out="\${arg#-out=}";; esac; done
case "$1" in
  init) [ -f .terraform.lock.hcl ] || echo "# providers" > .terraform.lock.hcl;;
  plan) [ -z "$out" ] || echo "plan of $(basename "$PWD")" > "$out";;
esac`;

/** Stacks as cdktf writes them, each with what it depends on. */
export function fakeStacks(
  output: string,
  stacks: Readonly<Record<string, readonly string[]>>,
): readonly SynthesisedStack[] {
  return Object.entries(stacks).map(([name, dependencies]) => {
    const folder = path.join(output, "stacks", name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "cdk.tf.json"), JSON.stringify({ resource: { a: { b: { name } } } }));
    return { name, folder, dependencies };
  });
}

export const noProgress = <T>(_: string, task: () => Promise<T>): Promise<T> => task();
