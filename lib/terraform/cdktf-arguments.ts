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
  return args.filter((_, index) => isStackName(args, index));
}

/** The arguments that name no stack. */
export function withoutStackNames(args: readonly string[]): readonly string[] {
  return args.filter((_, index) => !isStackName(args, index));
}

function isStackName(args: readonly string[], index: number): boolean {
  return args[index]?.startsWith("-") === false && !WITH_VALUE.has(args[index - 1] ?? "");
}

/**
 * cdktf compares one stack a call: the arguments of each call. The first one synthesizes.
 * @param known names of the stacks that access.yaml declares
 */
export function diffCalls(args: readonly string[], known: readonly string[]): readonly (readonly string[])[] {
  const named = stackNames(args);
  const stacks = known.filter((stack) => isNamed(named, stack));
  const isOther = named.some((name) => !known.some((stack) => isNamed([name], stack)));
  if (stacks.length === 0 || isOther) return [args];
  const options = withoutStackNames(args);
  return stacks.map((stack, index) => [stack, ...options, ...(index === 0 ? [] : ["--skip-synth"])]);
}

/** Options of `deploy` that `diff` has too. */
const OF_DIFF = new Set([
  ...["-a", "--app", "-o", "--output", "--skip-synth", "--var", "--var-file", "--terraform-parallelism"],
  ...["--no-color", "--refresh-only", "--migrate-state", "--skip-provider-lock"],
]);

/** The arguments of `diff` that plan what these of `deploy` would do. */
export function diffArguments(args: readonly string[]): readonly string[] {
  return args.filter((arg, index) => {
    if (arg.startsWith("-")) return OF_DIFF.has(arg.split("=")[0] ?? "");
    const before = args[index - 1] ?? "";
    return !WITH_VALUE.has(before) || OF_DIFF.has(before);
  });
}

/** Whether a stack is among those that the arguments name, `*` for any characters; none: all. */
export function isNamed(named: readonly string[], stack: string): boolean {
  return named.length === 0 || named.some((name) => asPattern(name).test(stack));
}

function asPattern(name: string): RegExp {
  const parts = name.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}

/** The folder of the synthesized stacks, as `--output` or `-o` names it. */
export function outputFolder(args: readonly string[]): string {
  const index = args.findLastIndex((arg) => /^(?:--output|-o)(?:=|$)/.test(arg));
  const found = args[index];
  if (found === undefined) return "cdktf.out";
  return found.includes("=") ? found.slice(found.indexOf("=") + 1) : (args[index + 1] ?? "cdktf.out");
}
