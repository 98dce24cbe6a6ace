import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { compareText } from "../../collections/sort";
import { readPlan } from "../../diff/read-plan";
import type { Json } from "../../iam/language/json";
import { awsPolicies } from "../../project/aws-data";
import { cdktfFile } from "../../project/project-root";
import { readAccess } from "../../project/read-access";
import type { Review } from "../../report/model/review";
import { reviewOf } from "../../report/model/review-of";
import type { ProjectApp } from "../../terraform/project-app";
import { synthesise } from "../../terraform/synthesise";
import { stacksIn } from "../stacks/synthesised-stacks";
import { copyWithVersion, installedVersion, latestOf, PACKAGE } from "./new-version";
import { synthesisedChange } from "./synthesised-plan";

/** What another version of the package would deploy. */
export interface Upgrade {
  readonly from: string;
  readonly to: string;
  readonly review: Review;
  /** By stack: parts that differ and that no review reads, such as `provider`. */
  readonly otherParts: ReadonlyMap<string, readonly string[]>;
  /** Packages that the other version needs in another version than the installed one. */
  readonly otherPeers: readonly string[];
}

export interface UpgradeHost {
  readonly env: NodeJS.ProcessEnv;
  readonly step: <T>(what: string, task: () => Promise<T>) => Promise<T>;
}

/**
 * Synthesizes the project with the installed version and with another one, and reviews the
 * difference. Nothing of the project changes, and no credentials are needed.
 * @param to the other version, as npm takes it. Default: the latest of the registry that the
 * installed one came from
 * @throws ProjectError `not-installed`, `version-not-named` (exit 2), `version-not-installed`,
 * `synth-failed`
 */
export async function upgrade(
  project: string,
  to: string | undefined,
  { env, step }: UpgradeHost,
): Promise<Upgrade> {
  const now = installedVersion(project);
  const specifier = to ?? latestOf(project);
  const output = mkdtempSync(path.join(tmpdir(), "oidc-upgrade-"));
  const copy = path.join(project, "node_modules", ".oidc-upgrade");
  rmSync(copy, { recursive: true, force: true });
  try {
    const next = await step(`install ${specifier}`, () => copyWithVersion(project, specifier, copy));
    const [before, after] = [path.join(output, "before"), path.join(output, "after")];
    await step(`synth with ${now.version}`, () => synthesise(before, env, project));
    await step(`synth with ${next.version}`, () => synthesise(after, env, copy, ownProgramOf(copy)));
    return {
      from: now.version,
      to: next.version,
      ...compared(before, after),
      otherPeers: Object.entries(next.peerDependencies).flatMap(([name, wanted]) =>
        now.peerDependencies[name] === wanted ? [] : [`${name} ${wanted}`],
      ),
    };
  } finally {
    rmSync(copy, { recursive: true, force: true });
    rmSync(output, { recursive: true, force: true });
  }
}

/** Without a cdktf.json the package's own program declares the stacks. */
function ownProgramOf(copy: string): ProjectApp | undefined {
  if (cdktfFile(copy) !== undefined) return undefined;
  const main = path.join(copy, "node_modules", PACKAGE, "compiled", "main.mjs");
  return { program: process.execPath, args: [main], isShell: false };
}

function compared(before: string, after: string): Pick<Upgrade, "review" | "otherParts"> {
  const names = [before, after].flatMap((output) => stacksIn(output, []).map(({ name }) => name));
  const changes = [...new Set(names)].sort(compareText).map((name) => {
    const [was, is] = [before, after].map((output) => contentOf(output, name));
    return { name, ...synthesisedChange(was, is) };
  });
  return {
    review: reviewOf(
      changes.map(({ name, plan }) => readPlan(plan, name)),
      { access: readAccess(), aws: awsPolicies },
    ),
    otherParts: new Map(
      changes.filter((one) => one.otherParts.length > 0).map((one) => [one.name, one.otherParts]),
    ),
  };
}

function contentOf(output: string, stack: string): Json | undefined {
  const file = path.join(output, "stacks", stack, "cdk.tf.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
