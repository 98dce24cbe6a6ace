/** cdktf's options that are followed by a value, from its own `--help`. */
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
 * The commands that run `terraform providers lock`, which asks the public registry even where a
 * mirror serves the provider.
 */
const LOCK_PROVIDERS = new Set(["deploy", "destroy", "diff"]);

/**
 * What we give to cdktf for what the user typed: all stacks if `deploy` names none, and no locking
 * of providers unless the user says something about it.
 */
export function cdktfArguments(command: string, args: readonly string[]): readonly string[] {
  if (args.includes("--help") || args.includes("-h")) return [command, ...args];
  // In front, since an option such as --var takes all words that follow.
  const all = command === "deploy" && stackNames(args).length === 0 ? ["*"] : [];
  const said = args.some((arg) => /^--(no-)?skip-provider-lock(=|$)/.test(arg));
  return [
    command,
    ...all,
    ...(LOCK_PROVIDERS.has(command) && !said ? ["--skip-provider-lock"] : []),
    ...args,
  ];
}

/** The stacks that the arguments name, as they are written; none: all. */
export function stackNames(args: readonly string[]): readonly string[] {
  return args.filter((arg, index) => !arg.startsWith("-") && !WITH_VALUE.has(args[index - 1] ?? ""));
}
