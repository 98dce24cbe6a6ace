import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";

/**
 * What declares the stacks: the CDK for Terraform, or its continuation CDK Terrain, which has the
 * same API under other package names.
 */
export interface Framework {
  readonly name: "cdktf" | "cdktn";
  /** Packages to declare stacks with. */
  readonly packages: readonly string[];
  /** The package of its command line interface. */
  readonly cli: string;
  /** The program in that package. */
  readonly program: string;
}

export const CDKTF: Framework = {
  name: "cdktf",
  packages: ["cdktf", "constructs", "@cdktf/provider-aws"],
  cli: "cdktf-cli",
  program: path.join("bundle", "bin", "cdktf"),
};

export const CDKTN: Framework = {
  name: "cdktn",
  packages: ["cdktn", "constructs", "@cdktn/provider-aws"],
  cli: "cdktn-cli",
  program: path.join("bundle", "bin", "cdktn.js"),
};

/**
 * The framework that is installed for the code of a folder. setup/bundle.cjs decides the same way
 * for compiled code.
 * @returns cdktf if both are installed; undefined: neither
 */
export function frameworkOf(folder: string): Framework | undefined {
  return [CDKTF, CDKTN].find(({ name }) => manifestOf(name, folder) !== undefined);
}

const manifestSchema = z.object({ engines: z.object({ node: z.string() }).partial().optional() });

/**
 * The version of Node that a package asks for, such as `>=22.19.0`.
 * @param manifest its package.json
 */
export function nodeOf(manifest: string): string | undefined {
  return manifestSchema.parse(JSON.parse(readFileSync(manifest, "utf8"))).engines?.node;
}

/**
 * The package.json of a package as the code of a folder finds it; undefined: it is not installed.
 */
export function manifestOf(name: string, folder: string): string | undefined {
  try {
    return createRequire(path.join(folder, "package.json")).resolve(`${name}/package.json`);
  } catch {
    return undefined;
  }
}
