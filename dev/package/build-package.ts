import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { asInstalled } from "../../lib/command-name";
import { repositoryRoot } from "../../lib/programs/cache";
import { ACTION_DETAILS_FILE, MANAGED_POLICIES_FILE } from "../../lib/project/aws-data";
import { remoteOf } from "../../lib/project/git";
import { readRepository } from "../../lib/project/repository-address";
import { bundle } from "../../setup/bundle.cjs";
import { declarationsOf, ENTRY_POINTS } from "./api";
import { licencesOf } from "./licences";

/** What compiled code and users look for beside it, at the same place as here. */
const FILES = [
  "LICENSE",
  "lib/iam/data/README.md",
  ACTION_DETAILS_FILE,
  MANAGED_POLICIES_FILE,
  "lib/programs/python-probe",
  "lib/terraform/cdktf-guard.cjs",
  "lib/terraform/cdktf-late-modules.cjs",
  "lib/terraform/cdktf-not-needed.cjs",
  "dev/sandbox/environment/aws-config",
  "template",
  "requirements/sandbox.txt",
  "setup/visible.cjs",
  "setup/watchdog.mjs",
];

/** Pages that users read: in the package, they name its commands. */
const PAGES = /^(CHANGELOG|README(\.ja)?|SECURITY)\.md$|^access\.schema\.json$|^docs\/.*\.md$/;

/** Only to declare stacks; what reads files and plans does without. */
const PEERS = ["@cdktf/provider-aws", "cdktf"];

/** Instead of those of cdktf, and what both need. */
const OTHER_PEERS = { "@cdktn/provider-aws": "^25.7.0", cdktn: "^0.24.0", constructs: "^10.4.2" };

/** What the packages in `vendor/` of a project load. They are no part of the public API. */
const FOR_VENDOR = {
  "cdktf/terminal": "lib/terraform/cdktf-guard.cjs",
  "cdktf/not-needed": "lib/terraform/cdktf-not-needed.cjs",
};

function typesOf(file: string): string {
  return file.replace(/\.cjs$/, ".d.cts");
}

const manifest = z.object({
  version: z.string(),
  description: z.string(),
  license: z.string(),
  engines: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
});

/**
 * Builds the package that is published, whole: it depends on no other package. What it is made of
 * is bundled, with its licences.
 * @param folder is deleted first
 */
export async function buildPackage(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, "bin"), { recursive: true });
  const programs = await bundle({
    root: repositoryRoot,
    entryPoints: ["cli/oidc.ts", "cli/read-trail.ts", "main.ts"],
    outdir: path.join(folder, "compiled"),
    isPackage: true,
  });
  const libraries = await bundle({
    root: repositoryRoot,
    entryPoints: ENTRY_POINTS.map((entry) => `api/${entry}.ts`),
    outdir: path.join(folder, "api"),
    isPackage: true,
    isLibrary: true,
  });
  for (const file of FILES)
    cpSync(path.join(repositoryRoot, file), path.join(folder, file), { recursive: true });
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  for (const page of pages()) write(page, asInstalled(readFileSync(path.join(repositoryRoot, page), "utf8")));
  for (const entry of ENTRY_POINTS) write(`api/${entry}.d.ts`, declarationsOf(entry));
  for (const file of Object.values(FOR_VENDOR)) write(typesOf(file), "export {};\n");
  write("bin/oidc.cjs", PROGRAM);
  chmodSync(path.join(folder, "bin", "oidc.cjs"), 0o755);
  write("package.json", `${JSON.stringify(await packageJson(readdirSync(folder)), null, 2)}\n`);
  const inputs = [programs, libraries].flatMap((made) => Object.keys(made.inputs));
  write("THIRD-PARTY-LICENSES.txt", licencesOf(inputs));
}

/**
 * Any version of Node can read this, and says which one it needs. Node 22 and later keep what they
 * compiled.
 */
const PROGRAM = `#!/usr/bin/env node
var needed = 20;
if (Number(process.versions.node.split(".")[0]) < needed) {
  console.error(
    "error[node-too-old]: oidc needs Node " + needed + " or later; this is Node " + process.versions.node +
      ".\\n  \\u2192 install one from https://nodejs.org"
  );
  process.exit(1);
} else {
  var nodeModule = require("module");
  if (nodeModule.enableCompileCache) nodeModule.enableCompileCache();
  import("../compiled/oidc.mjs");
}
`;

function pages(): readonly string[] {
  const top = readdirSync(repositoryRoot);
  const docs = readdirSync(path.join(repositoryRoot, "docs"), { recursive: true, encoding: "utf8" });
  return [...top, ...docs.map((file) => path.posix.join("docs", file))].filter((file) => PAGES.test(file));
}

/**
 * The repository that this is a clone of, which npm compares with the provenance of the package
 * (npm docs, "Generating provenance statements"). A clone without a remote states none: an invented
 * address would be a stranger's.
 */
async function repositoryHere(): Promise<unknown> {
  const found = readRepository((await remoteOf(repositoryRoot)) ?? "");
  return found === undefined
    ? undefined
    : { type: "git", url: `git+https://${found.site}/${found.path}.git` };
}

/** @param files top entries of the package, all of which are published */
async function packageJson(files: readonly string[]): Promise<unknown> {
  const text = readFileSync(path.join(repositoryRoot, "package.json"), "utf8");
  const { version, description, license, engines, dependencies } = manifest.parse(JSON.parse(text));
  const repository = await repositoryHere();
  const ofCdktf = Object.entries(dependencies).filter(([name]) => PEERS.includes(name));
  const peers = [...ofCdktf, ...Object.entries(OTHER_PEERS)];
  return {
    name: "cdktf-circleci-oidc",
    version,
    description,
    keywords: ["circleci", "oidc", "aws", "iam", "cdktf", "terraform", "trust-policy", "audit"],
    license,
    ...(repository === undefined ? {} : { repository }),
    type: "commonjs",
    bin: { oidc: "bin/oidc.cjs" },
    files: [...files, "THIRD-PARTY-LICENSES.txt"],
    main: "api/index.js",
    types: "api/index.d.ts",
    // For TypeScript's older resolution, which does not read "exports": that of `cdktf init`.
    typesVersions: {
      "*": Object.fromEntries([
        ...ENTRY_POINTS.map((entry) => [entry, [`api/${entry}.d.ts`]]),
        ...Object.entries(FOR_VENDOR).map(([name, file]) => [name, [typesOf(file)]]),
      ]),
    },
    exports: {
      ...Object.fromEntries(
        ENTRY_POINTS.map((entry) => [
          entry === "index" ? "." : `./${entry}`,
          { types: `./api/${entry}.d.ts`, default: `./api/${entry}.js` },
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(FOR_VENDOR).map(([name, file]) => [
          `./${name}`,
          { types: `./${typesOf(file)}`, default: `./${file}` },
        ]),
      ),
      "./access.schema.json": "./access.schema.json",
      "./package.json": "./package.json",
    },
    sideEffects: false,
    engines,
    peerDependencies: Object.fromEntries(peers),
    peerDependenciesMeta: Object.fromEntries(peers.map(([name]) => [name, { optional: true }])),
    publishConfig: { access: "public", provenance: true },
  };
}
