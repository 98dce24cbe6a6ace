import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App } from "cdktf";
import { withoutStackTraces } from "../../constructs/without-stack-traces";
import type { Transfers } from "../../lib/adopt/imports/transfers";
import type { Access } from "../../lib/config/model/model";
import { buildStacks } from "../../stacks";

/** By type, then by address: what a stack declares. */
type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A stack as Terraform reads it, without the comments that cdktf keeps under `//`. */
export interface StackJson {
  readonly terraform: unknown;
  readonly provider: unknown;
  readonly resource?: Blocks;
  readonly output?: Readonly<Record<string, unknown>>;
  readonly import?: unknown;
  readonly removed?: unknown;
}

interface ManifestStack {
  readonly name: string;
  readonly dependencies: readonly string[];
}

interface Synthesised {
  readonly folder: string;
  /** Sorted by name. */
  readonly manifest: readonly ManifestStack[];
  /** The stack's own file, byte for byte. */
  text(stack: string): string;
  json(stack: string): StackJson;
  /** `aws_iam_role.deploy`, of all stacks, sorted, each behind its stack's name. */
  readonly addresses: readonly string[];
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "stacks-"));
  folders.push(folder);
  return folder;
}

/** What `npm run synth` writes for this access, validations on. */
export function synth(access: Access, transfers?: Transfers): Synthesised {
  const folder = temporaryFolder();
  withoutStackTraces(() => {
    const app = new App({ outdir: folder });
    buildStacks(app, access, transfers);
    app.synth();
  });
  const { stacks }: { stacks: Readonly<Record<string, ManifestStack>> } = JSON.parse(
    readFileSync(path.join(folder, "manifest.json"), "utf8"),
  );
  const text = (stack: string): string =>
    readFileSync(path.join(folder, "stacks", stack, "cdk.tf.json"), "utf8");
  const json = (stack: string): StackJson => JSON.parse(text(stack), withoutComments);
  const addresses = Object.keys(stacks).flatMap((stack) =>
    addressesOf(json(stack)).map((address) => `${stack}: ${address}`),
  );
  const manifest = Object.values(stacks).map(({ name, dependencies }) => ({ name, dependencies }));
  return { folder, manifest, text, json, addresses: addresses.sort() };
}

export function addressesOf({ resource = {}, output = {} }: StackJson): readonly string[] {
  const resources = Object.entries(resource).flatMap(([type, all]) =>
    Object.keys(all).map((id) => `${type}.${id}`),
  );
  return [...resources, ...Object.keys(output).map((id) => `output.${id}`)];
}

function withoutComments(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "//"));
}
