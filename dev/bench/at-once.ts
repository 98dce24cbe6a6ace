import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";
import { buildPackage } from "../package/build-package";
import { repeated } from "./brief";
import { cpuTimeOf } from "./cpu-time";
import { median } from "./statistics";
import type { Program } from "./timed-run";

/** Turns for each run that is asked for: ten of the usual five. */
const TURNS_PER_RUN = 2;

/** CPU times as multiples of that of `node -e 0`. */
export interface AtOnce {
  readonly nodeMs: number;
  /** `--help`, `completion`, and an unknown option: the slowest. */
  readonly words: number;
  /** `explain`, `pipeline`, and an error in access.yaml: the slowest. */
  readonly file: number;
  readonly audit: number;
  readonly review: number;
  /**
   * What `npm run -s oidc -- --help` in a clone takes more than the command, in that of `npm run`.
   */
  readonly npmRun: number;
}

/** Programs, and the exit code that each ends with. */
type Calls = Readonly<Record<string, readonly [program: Program, exitCode?: number]>>;

/**
 * Measures the command of the package on files of the repository, and that of a clone, in
 * alternating turns, as medians of the turns. A first turn is not counted: it compiles.
 * @param runs 1 or more
 * @throws ProjectError `bench-run-failed`
 */
export async function measureAtOnce(runs: number, freshFolder: () => string): Promise<AtOnce> {
  const calls = await callsIn(freshFolder());
  const times = new Map(Object.keys(calls).map((name): [string, number[]] => [name, []]));
  for (let turn = 0; turn <= repeated(runs * TURNS_PER_RUN); turn += 1) {
    for (const [name, [program, exitCode]] of Object.entries(calls)) {
      const ms = await cpuTimeOf(program, exitCode);
      if (turn > 0) times.get(name)?.push(ms);
    }
  }
  const of = (name: string): number => median(times.get(name) ?? []);
  const multiple = (...names: readonly string[]): number => Math.max(...names.map(of)) / of("node");
  return {
    nodeMs: of("node"),
    words: multiple("help", "completion", "unknown option"),
    file: multiple("explain", "pipeline", "error"),
    audit: multiple("audit"),
    review: multiple("review"),
    npmRun: (of("npm run help") - of("help")) / of("npm run"),
  };
}

async function callsIn(folder: string): Promise<Calls> {
  const built = path.join(folder, "package");
  await buildPackage(built);
  const talk = path.join(repositoryRoot, "examples", "talk", "access.yaml");
  const wrong = path.join(folder, "wrong", "access.yaml");
  mkdirSync(path.dirname(wrong));
  writeFileSync(wrong, readFileSync(talk, "utf8").replace("people: everyone", "people: []"));
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ scripts: { noop: "node -e 0" } }));
  const oidc = (file: string, ...args: readonly string[]): Program => ({
    command: process.execPath,
    args: [path.join(built, "bin", "oidc.cjs"), ...args],
    cwd: repositoryRoot,
    env: { OIDC_ACCESS_FILE: file },
  });
  const other = (command: string, args: readonly string[], cwd: string): Program => ({
    command,
    args,
    cwd,
    env: {},
  });
  const plan = path.join("dev", "golden", "plans", "boundary-widened.plan.json");
  return {
    node: [other(process.execPath, ["-e", "0"], folder)],
    help: [oidc(talk, "--help")],
    completion: [oidc(talk, "completion", "bash")],
    "unknown option": [oidc(talk, "audit", "--polcy", "x"), 2],
    explain: [oidc(talk, "explain")],
    pipeline: [oidc(talk, "pipeline")],
    error: [oidc(wrong, "explain"), 2],
    audit: [oidc(talk, "audit", "--policy", path.join("examples", "branch-pin", "trust-policy.json"))],
    review: [oidc(talk, "review", "--no-access", "--plan", plan)],
    "npm run": [other("npm", ["run", "-s", "noop"], folder)],
    "npm run help": [other("npm", ["run", "-s", "oidc", "--", "--help"], repositoryRoot)],
  };
}
