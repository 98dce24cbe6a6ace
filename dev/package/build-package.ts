import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { repositoryRoot } from "../../lib/programs/cache";
import { ACTION_DETAILS_FILE, MANAGED_POLICIES_FILE } from "../../lib/project/aws-data";
import { bundle } from "../../setup/bundle.cjs";
import { declarationsOf, ENTRY_POINTS } from "./api";
import { licencesOf } from "./licences";

/** What compiled code and users look for beside it, at the same place as here. */
const FILES = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "access.schema.json",
  "lib/iam/data/README.md",
  ACTION_DETAILS_FILE,
  MANAGED_POLICIES_FILE,
  "lib/programs/python-probe",
  "requirements/sandbox.txt",
  "setup/visible.cjs",
  "setup/watchdog.mjs",
];

/** Only to declare stacks; what reads files and plans does without. */
const PEERS = ["@cdktf/provider-aws", "cdktf", "constructs"];

const manifest = z.object({
  version: z.string(),
  description: z.string(),
  license: z.string(),
  engines: z.record(z.string(), z.string()),
  repository: z.unknown().optional(),
  dependencies: z.record(z.string(), z.string()),
});

/**
 * Builds the package that is published, whole: it depends on no other package. What it is made of is
 * bundled, with its licences.
 * @param folder is deleted first
 */
export async function buildPackage(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, "bin"), { recursive: true });
  const programs = await bundle({
    root: repositoryRoot,
    entryPoints: ["cli/oidc.ts", "main.ts"],
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
  const write = (file: string, text: string): void => writeFileSync(path.join(folder, file), text);
  for (const entry of ENTRY_POINTS) write(`api/${entry}.d.ts`, declarationsOf(entry));
  write("bin/oidc.cjs", PROGRAM);
  chmodSync(path.join(folder, "bin", "oidc.cjs"), 0o755);
  write("package.json", `${JSON.stringify(packageJson(), null, 2)}\n`);
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

function packageJson(): unknown {
  const text = readFileSync(path.join(repositoryRoot, "package.json"), "utf8");
  const { version, description, license, engines, repository, dependencies } = manifest.parse(
    JSON.parse(text),
  );
  const peers = Object.entries(dependencies).filter(([name]) => PEERS.includes(name));
  return {
    name: "cdktf-circleci-oidc",
    version,
    description,
    keywords: ["circleci", "oidc", "aws", "iam", "cdktf", "terraform", "trust-policy", "audit"],
    license,
    ...(repository === undefined ? {} : { repository }),
    type: "commonjs",
    bin: { oidc: "bin/oidc.cjs" },
    exports: {
      ...Object.fromEntries(
        ENTRY_POINTS.map((entry) => [
          `./${entry}`,
          { types: `./api/${entry}.d.ts`, default: `./api/${entry}.js` },
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
