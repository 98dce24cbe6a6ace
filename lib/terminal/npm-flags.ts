import { ProjectError } from "../errors";

/**
 * `npm run NAME --flag` gives the flag to npm, which passes it on as a variable only
 * (`npm_config_flag`, npm docs, "config"). `--yes` is left out: it is set in many CI environments
 * for npx, and a command that lacks it asks or fails.
 */
const IGNORED = new Set(["--yes", "--help"]);

/**
 * Refuses a call whose flags npm kept for itself: the command would run without them.
 * @param flags of the command, such as `--dry-run` or `--no-check`
 * @param args that the command received
 * @throws ProjectError `flags-taken-by-npm` (exit 2)
 */
export function refuseFlagsTakenByNpm(
  flags: readonly string[],
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): void {
  const taken = flags.filter((flag) => !IGNORED.has(flag) && isTaken(flag, env) && !isGiven(flag, args));
  if (taken.length === 0) return;
  const name = env.npm_lifecycle_event ?? "NAME";
  // npm passes the values of the flags on as further arguments.
  const command = name === "oidc" ? args.slice(0, 1) : [];
  throw new ProjectError({
    code: "flags-taken-by-npm",
    message: `npm took ${taken.join(", ")} as its own option, so the command did not receive it`,
    found: taken.join(", "),
    fix: `write -- before the command's own arguments: npm run -s ${name} -- ${[...command, ...taken].join(" ")} …`,
    exitCode: 2,
  });
}

function isTaken(flag: string, env: NodeJS.ProcessEnv): boolean {
  const isNegated = flag.startsWith("--no-");
  const key = flag.slice(isNegated ? 5 : 2).replaceAll("-", "_");
  const value = env[`npm_config_${key}`];
  return value !== undefined && (isNegated ? value === "" || value === "false" : value !== "");
}

function isGiven(flag: string, args: readonly string[]): boolean {
  return args.some((arg) => arg === flag || arg.startsWith(`${flag}=`));
}
