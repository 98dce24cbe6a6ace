import { existsSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import path from "node:path";
import { ProjectError } from "../../errors";
import { commitOf, git, topOf } from "../../project/git";
import { cdktfFile } from "../../project/project-root";
import type { LeftOut } from "../../report/model/review";
import { type SynthesisedStack, stacksIn } from "../stacks/synthesised-stacks";
import { differenceOf } from "./same-stack";
import { withWorkTree } from "./work-tree";

export interface ChangedSinceSettings {
  /** The project's folder in the repository's work tree. */
  readonly project: string;
  /** A folder for temporary work trees. */
  readonly folder: string;
  /** The path of access.yaml, relative to the working directory. */
  readonly accessFile: string;
  /** Synthesises the stacks of another work tree with its own program and access.yaml. */
  readonly synthesise: (project: string, accessFile: string, output: string) => Promise<void>;
}

/** Which stacks are planned and which are skipped. */
export interface Selected {
  readonly stacks: readonly SynthesisedStack[];
  readonly leftOut: readonly LeftOut[];
  /** Why no stack could be skipped. */
  readonly doubt?: string;
}

/**
 * Skips the stacks whose synthesised code is the same as at another commit. If that cannot be
 * established, no stack is skipped.
 * @param stacks as they are synthesised now
 * @param ref the commit that was applied last, such as `origin/main`
 * @throws ProjectError `ref-unknown` (exit 2) if the repository has no such commit
 */
export async function changedSince(
  stacks: readonly SynthesisedStack[],
  ref: string,
  settings: ChangedSinceSettings,
): Promise<Selected> {
  const all = (doubt: string): Selected => ({ stacks, leftOut: [], doubt });
  const { project } = settings;
  const commit = await commitOf(project, ref);
  if (commit === undefined) {
    if (!ref.startsWith("-") && (await isShallow(project))) return all(`${ref} is not in this shallow clone`);
    throw unknownRef(ref);
  }
  try {
    const same = await sameAt(commit, stacks, settings);
    if (typeof same === "string") return all(same);
    const reason = `its code is the same as at ${ref} (${commit.slice(0, 12)})`;
    return {
      stacks: stacks.filter(({ name }) => !same.has(name)),
      leftOut: [...same].map((name) => ({ name, reason })),
    };
  } catch (error) {
    // Any failure: planning every stack does not need the comparison.
    const why = error instanceof Error ? error.message : String(error);
    return all(`the comparison with ${ref} failed: ${why}`);
  }
}

/**
 * The names of the stacks that a commit synthesises to the same code; or, as a text, why that is
 * unknown.
 */
async function sameAt(
  commit: string,
  stacks: readonly SynthesisedStack[],
  { project, folder, accessFile, synthesise }: ChangedSinceSettings,
): Promise<ReadonlySet<string> | string> {
  const top = await topOf(project);
  const here = path.relative(top, realpathSync(project));
  const access = path.relative(top, realOf(path.resolve(accessFile)));
  if (leadsOut(access))
    return `${accessFile} is outside the repository, so its content at that commit is unknown`;
  const lock = await git(project, ["show", `${commit}:./package-lock.json`]);
  if (lock !== readFileSync(path.join(project, "package-lock.json"), "utf8"))
    return "package-lock.json differs, so the code of that commit needs other packages";
  return withWorkTree(project, commit, folder, async (workTree) => {
    const [then, accessThen] = [path.join(workTree, here), path.join(workTree, access)];
    if (!existsSync(accessThen)) return `${access} is not in that commit`;
    if (leadsOut(path.relative(realpathSync(workTree), realpathSync(accessThen))))
      return `${access} is a link to a file outside the repository, so its content at that commit is unknown`;
    if (cdktfFile(project) !== undefined && cdktfFile(then) === undefined)
      return "that commit has no cdktf.json";
    symlinkSync(path.join(realpathSync(project), "node_modules"), path.join(then, "node_modules"));
    const output = path.join(then, "cdktf.out");
    await synthesise(then, accessThen, output);
    const before = new Map(stacksIn(output, []).map((stack) => [stack.name, stack.folder]));
    const same = stacks.filter((stack) => {
      const other = before.get(stack.name);
      return other !== undefined && differenceOf(stack.folder, other) === undefined;
    });
    return new Set(same.map(({ name }) => name));
  });
}

/**
 * The path with every link resolved except the file's own, which is followed in the other work
 * tree.
 */
function realOf(file: string): string {
  return path.join(realpathSync(path.dirname(file)), path.basename(file));
}

function leadsOut(relative: string): boolean {
  return relative === ".." || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
}

async function isShallow(project: string): Promise<boolean> {
  return git(project, ["rev-parse", "--is-shallow-repository"]).then(
    (answer) => answer.trim() === "true",
    () => false,
  );
}

function unknownRef(ref: string): ProjectError {
  return new ProjectError({
    code: "ref-unknown",
    message: `--changed-since: ${JSON.stringify(ref)} is not a commit of this repository`,
    found: ref,
    fix: "use a branch, tag or hash of this clone; in CI, fetch it first: git fetch origin main",
    exitCode: 2,
  });
}
