/** cdktf's options that take a value, from its `--help`. */
const WITH_VALUE = new Set([
  "-a",
  "--app",
  "-o",
  "--output",
  "--outputs-file",
  "--parallelism",
  "--terraform-parallelism",
  "--var",
  "--var-file",
  "--log-level",
  "--log-file-directory",
  "--experimental-provider-schema-cache-path",
]);

/**
 * Commands that run `terraform providers lock`, which uses the public registry despite a mirror.
 */
const LOCK_PROVIDERS = new Set(["deploy", "destroy", "diff"]);

/**
 * cdktf's arguments for those of the user: all stacks if `deploy` names none, and no provider lock
 * unless the user sets the option.
 */
export function cdktfArguments(command: string, args: readonly string[]): readonly string[] {
  if (args.includes("--help") || args.includes("-h")) return [command, ...args];
  // First, because an option such as --var takes all following words.
  const all = command === "deploy" && stackNames(args).length === 0 ? ["*"] : [];
  const said = args.some((arg) => /^--(no-)?skip-provider-lock(=|$)/.test(arg));
  return [
    command,
    ...all,
    ...(LOCK_PROVIDERS.has(command) && !said ? ["--skip-provider-lock"] : []),
    ...args,
  ];
}

/** The stack names in the arguments; empty: all stacks. */
export function stackNames(args: readonly string[]): readonly string[] {
  return args.filter((arg, index) => !arg.startsWith("-") && !WITH_VALUE.has(args[index - 1] ?? ""));
}
