import { oidc } from "../command-name";
import { ProjectError } from "../errors";

/** cdktf's commands that ask for approval. */
const ASKING = new Set(["deploy", "destroy"]);
const FLAG = /^--(no-)?(?:auto-approve|autoApprove)(?:=(.*))?$/;

/**
 * Refuses a command that would wait for approval without a terminal.
 * @param args of cdktf
 * @param settings.isTerminal whether approval can be given
 * @throws ProjectError `needs-auto-approve` (exit 2)
 */
export function requireApproval(
  command: string,
  args: readonly string[],
  { env, isTerminal }: { readonly env: NodeJS.ProcessEnv; readonly isTerminal: boolean },
): void {
  if (!ASKING.has(command) || isTerminal || isApproved(args, env)) return;
  if (args.includes("--help") || args.includes("-h")) return;
  throw new ProjectError({
    code: "needs-auto-approve",
    message: `${command} needs approval, and this is not a terminal`,
    found: command,
    fix: `read the plan (${oidc("diff")}, or ${oidc("review")}), then add --auto-approve: ${oidc(command, "--auto-approve")}`,
    exitCode: 2,
  });
}

/** Reads the option as yargs does in cdktf, which also reads variables (`CDKTF_…`). */
export function isApproved(args: readonly string[], env: NodeJS.ProcessEnv): boolean {
  const end = args.indexOf("--");
  const options = end === -1 ? args : args.slice(0, end);
  const index = options.findLastIndex((arg) => FLAG.test(arg));
  if (index === -1) return env.CDKTF_AUTO_APPROVE === "true";
  const [, negated, value = options[index + 1] === "false" ? "false" : "true"] =
    FLAG.exec(options[index] ?? "") ?? [];
  return negated === undefined && value === "true";
}
