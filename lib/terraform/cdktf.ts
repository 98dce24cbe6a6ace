import type { ChildProcess } from "node:child_process";
import path from "node:path";
import { Readable } from "node:stream";
import { runForeground } from "../../setup/foreground.cjs";
import { IS_INSTALLED, oidc } from "../command-name";
import { ProjectError } from "../errors";
import { repositoryRoot } from "../programs/cache";
import { isAtLeast } from "../programs/tool-version";
import { accessOf, cdktfFile, projectRoot } from "../project/project-root";
import { cdktfArguments } from "./cdktf-arguments";
import { CDKTF, frameworkOf, nodeOf } from "./framework";
import { requirePackages } from "./require-packages";
import { readEvents, type StackEvent } from "./stack-event";

/**
 * The real cdktf CLI, or that of CDK Terrain where the project has it, as a command to which its
 * arguments are added. cdktf-guard.cjs says why it is preloaded.
 * @throws ProjectError `packages-missing`, `cdktf-node`; `cdktf-file` (exit 2): the project of the
 * installed package is none of cdktf's
 */
export function cdktfCommand(): readonly [string, ...string[]] {
  const project = projectRoot();
  if (IS_INSTALLED && cdktfFile(project) === undefined)
    throw new ProjectError({
      code: "cdktf-file",
      message: `${project} has no cdktf.json, which cdktf runs in`,
      found: project,
      fix: `${oidc("init", "FOLDER")} makes a project that has one; review and apply need none`,
      exitCode: 2,
    });
  const { name, cli, program } = frameworkOf(project) ?? frameworkOf(repositoryRoot) ?? CDKTF;
  const [manifest = ""] = requirePackages(`${name} cannot be run`, [cli], [project, repositoryRoot]);
  requireNode(cli, nodeOf(manifest));
  const cdktf = path.join(path.dirname(manifest), program);
  return [process.execPath, "--require", path.join(__dirname, "cdktf-guard.cjs"), cdktf];
}

/**
 * What a command that starts cdktf later checks first: before it asks for credentials, downloads
 * anything, or creates a bucket.
 * @throws ProjectError those of `cdktfCommand`
 */
export function requireCdktf(): void {
  cdktfCommand();
}

/** @param wanted such as `>=22.19.0` */
function requireNode(cli: string, wanted = ""): void {
  const found = process.versions.node;
  const least = /^>=\s*(\d+(?:\.\d+)*)$/.exec(wanted)?.[1];
  if (least === undefined || isAtLeast(found, least)) return;
  throw new ProjectError({
    code: "cdktf-node",
    message: `${cli} needs Node ${least} or later; this is Node ${found}`,
    found,
    fix: "install a newer Node from https://nodejs.org; all commands that do not start it run with this one",
  });
}

export interface CdktfRun {
  readonly command: string;
  readonly args: readonly string[];
  /** What `prepareTools` gave. */
  readonly environment: Readonly<Record<string, string>>;
  /** Called with what Terraform does in each stack. */
  readonly onEvent?: (event: StackEvent) => void;
  /** Collects cdktf's own output instead of showing it. Nothing can be entered then. */
  readonly isQuiet?: boolean;
  /**
   * A folder of plan files, one `<stack>.plan` a stack: `diff` saves its plan there, and `deploy`
   * applies exactly that plan, or fails without one. Undefined: `deploy` plans again.
   */
  readonly plans?: string;
  /** The command to which cdktf's arguments are added. Default: the real cdktf CLI. */
  readonly program?: readonly [string, ...string[]];
}

export interface CdktfResult {
  readonly exitCode: number;
  /** What cdktf printed, if it was not shown. */
  readonly output: string;
}

/** Runs cdktf in the project's folder, with this process's signals. */
export async function runCdktf({
  command,
  args,
  environment,
  onEvent,
  isQuiet = false,
  plans,
  program: given = cdktfCommand(),
}: CdktfRun): Promise<CdktfResult> {
  const [program, ...first] = given;
  const isTerminal = process.stdout.isTTY === true;
  const env = {
    ...process.env,
    // Not at a terminal, cdktf's spinner would fill the log.
    ...(isTerminal && !isQuiet ? {} : { CI: "1" }),
    ...(isTerminal && !isQuiet && !process.env.NO_COLOR && !process.env.CI
      ? {}
      : { OIDC_CDKTF_PLAIN: "1", FORCE_COLOR: "0" }),
    ...environment,
    ...(isQuiet ? { OIDC_CDKTF_FRAMES: "1" } : {}),
    ...(plans === undefined ? {} : { OIDC_CDKTF_PLANS: plans }),
    ...(onEvent === undefined ? {} : { OIDC_CDKTF_EVENTS: "3" }),
  };
  let output = "";
  const listen = ({ stdout, stderr, stdio: [, , , events] }: ChildProcess): void => {
    for (const stream of [stdout, stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    if (onEvent !== undefined && events instanceof Readable)
      events.setEncoding("utf8").on("data", readEvents(onEvent));
  };
  const exitCode = await runForeground(program, [...first, ...cdktfArguments(command, args)], {
    env: { ...env, ...accessOf(projectRoot(), env) },
    cwd: projectRoot(),
    stdio: [
      ...(isQuiet ? (["ignore", "pipe", "pipe"] as const) : (["inherit", "inherit", "inherit"] as const)),
      onEvent === undefined ? "ignore" : "pipe",
    ],
    onSpawn: listen,
  });
  return { exitCode, output };
}
