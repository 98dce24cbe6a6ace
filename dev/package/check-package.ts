import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ProjectError } from "../../lib/errors";
import { run } from "../../lib/process/run";
import { repositoryRoot } from "../../lib/programs/cache";
import { buildPackage } from "./build-package";

/** What was packed and installed. */
export interface CheckedPackage {
  /** The tarball, in the folder that was asked for. */
  readonly tarball: string;
  /** Files in the tarball. */
  readonly files: readonly string[];
  /** Size of the empty folder after the installation. */
  readonly installedMb: number;
  /** Packages in its node_modules. */
  readonly packages: number;
}

/** The limits of an installation that audits, explains, reviews plans and writes pipelines. */
const MOST_MB = 30;
const MOST_PACKAGES = 40;

/** Answers of the installed command: its arguments, its exit code, and a text that it prints. */
const CALLS: readonly (readonly [args: readonly string[], exitCode: number, says: string])[] = [
  [["--help"], 0, "Usage: oidc"],
  [["audit", "--policy", "examples/branch-pin/trust-policy.json", "--fail-on", "high"], 1, "finding"],
  [
    ["-C", "examples/talk", "explain", "--person", "bob", "--branch", "main", "--expect", "allow"],
    1,
    "denied",
  ],
  [["-C", "examples/talk", "pipeline", "--project", "website"], 0, "version: 2.1"],
  [["review", "--no-access", "--plan", "__tests__/audit/known-after-apply.plan.json"], 0, "plan"],
];

/**
 * Builds and packs the package, installs it in an empty folder, and runs its command there.
 * @param folder for the tarball
 * @throws ProjectError `package-check`
 */
export async function checkPackage(folder: string): Promise<CheckedPackage> {
  const built = path.join(folder, "package");
  await buildPackage(built);
  const packed = packAnswer(await npm(folder, ["pack", "./package", "--json"]));
  const tarball = path.join(folder, packed.filename);
  const empty = mkdtempSync(path.join(tmpdir(), "installed-"));
  try {
    await npm(empty, ["install", tarball, "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]);
    const checked = {
      tarball,
      files: packed.files,
      installedMb: bytesBelow(empty) / 1e6,
      packages: packagesIn(path.join(empty, "node_modules")),
    };
    refuseTests(packed.files);
    if (checked.installedMb > MOST_MB || checked.packages > MOST_PACKAGES)
      throw wrong(`${checked.installedMb.toFixed(1)} MB in ${checked.packages} packages`, "bundle less");
    for (const call of CALLS) await expectAnswer(path.join(empty, "node_modules", ".bin", "oidc"), call);
    return checked;
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
}

async function expectAnswer(program: string, [args, exitCode, says]: (typeof CALLS)[number]): Promise<void> {
  const answer = await run(program, args, { cwd: repositoryRoot });
  const said = `${answer.stdout}${answer.stderr}`;
  if (answer.exitCode === exitCode && said.includes(says)) return;
  throw wrong(`oidc ${args.join(" ")} ended with ${answer.exitCode}:\n${said}`, "see its message");
}

async function npm(cwd: string, args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await run("npm", args, { cwd });
  if (exitCode === 0) return stdout;
  throw wrong(`npm ${args.join(" ")} ended with ${exitCode}:\n${stderr.trim()}`, "see npm's message");
}

function packAnswer(text: string): { readonly filename: string; readonly files: readonly string[] } {
  const [answer] = JSON.parse(text) as readonly { filename: string; files: readonly { path: string }[] }[];
  if (answer === undefined) throw wrong("npm pack made nothing", "see npm's message");
  return { filename: answer.filename, files: answer.files.map((file) => file.path) };
}

function refuseTests(files: readonly string[]): void {
  const tests = files.filter((file) =>
    /__tests__|\.test\.|^dev\/(?!sandbox\/environment\/aws-config$)|^cli\//.test(file),
  );
  if (tests.length > 0) throw wrong(`the package holds ${tests.join(", ")}`, "remove them from FILES");
}

function packagesIn(folder: string): number {
  const listed = JSON.parse(readFileSync(path.join(folder, ".package-lock.json"), "utf8"));
  return Object.keys(listed.packages).length;
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

function wrong(message: string, fix: string): ProjectError {
  return new ProjectError({
    code: "package-check",
    message: `the package is not as promised: ${message}`,
    fix,
  });
}
