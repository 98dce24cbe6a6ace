import { z } from "zod";
import type { ProjectFile } from "./project-files";

/** Versions that were tried together; `constructs` and Node as cdktn-cli asks for them. */
const DEPENDENCIES: Readonly<Record<string, readonly [name: string, version: string]>> = {
  cdktf: ["cdktn", "0.24.0"],
  "cdktf-cli": ["cdktn-cli", "0.24.0"],
  "@cdktf/provider-aws": ["@cdktn/provider-aws", "25.7.0"],
  constructs: ["constructs", "10.6.0"],
};
const LEAST_NODE = ">=22.19.0";

/** What CDK Terrain does not have: the addon that `terminal` replaces. */
const LEFT_OUT = "@cdktf/node-pty-prebuilt-multiarch";

const README = `# Instead of packages of cdktn-cli

\`oidc deploy\` needs none of these. \`overrides\` in package.json name them: \`not-needed\` stands for what
only \`cdktn convert\`, \`get\`, \`init\` and \`provider\` use.

To use those commands, delete \`overrides\` and this folder, and run \`npm install\`.
`;

/**
 * The files of a project with CDK Terrain, made from those of one with cdktf: package names and
 * versions differ, and Terraform needs no replacement for a pseudo terminal.
 */
export function forCdktn(files: readonly ProjectFile[]): readonly ProjectFile[] {
  return files
    .filter(({ file }) => !/^vendor[\\/]terminal[\\/]/.test(file))
    .map(({ file, text }) => ({ file, text: textOf(file.replaceAll("\\", "/"), text) }));
}

function textOf(file: string, text: string): string {
  if (file === "package.json") return manifestOf(text);
  if (file === "main.ts") return text.replace('from "cdktf"', 'from "cdktn"');
  if (file === "help")
    return text.replace(/^ {2}npx cdktf deploy.*$/m, `  ${"npx oidc deploy".padEnd(41)}deploy all stacks`);
  return file === "vendor/README.md" ? README : text;
}

const manifestSchema = z.looseObject({
  engines: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
  overrides: z.record(z.string(), z.string()),
});

function manifestOf(text: string): string {
  const manifest = manifestSchema.parse(JSON.parse(text));
  const dependencies = Object.entries(manifest.dependencies).map(
    ([name, version]) => DEPENDENCIES[name] ?? [name, version],
  );
  const overrides = Object.entries(manifest.overrides)
    .filter(([name]) => name !== LEFT_OUT)
    .map(([name, other]) => [name.replace("@cdktf/", "@cdktn/"), other]);
  const written = {
    ...manifest,
    engines: { ...manifest.engines, node: LEAST_NODE },
    dependencies: Object.fromEntries(dependencies.sort(([one], [other]) => (one < other ? -1 : 1))),
    overrides: Object.fromEntries(overrides),
  };
  return `${JSON.stringify(written, null, 2)}\n`;
}
