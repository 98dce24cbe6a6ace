import { wrongCall } from "../../project/unknown-name";

/**
 * The options of `oidc review` that say which plans are reviewed and what is done with the result.
 */
export interface ReviewCall {
  readonly stacks: readonly string[];
  readonly account?: readonly string[];
  readonly plan?: readonly string[];
  readonly chdir?: string;
  readonly access: boolean;
  readonly readOnly?: true;
  readonly out?: string;
  readonly parallelism?: string;
  readonly shard?: string | true;
  readonly merge?: string;
  readonly times?: string;
  readonly changedSince?: string;
  readonly failOn?: string;
  readonly json?: string | true;
  readonly accept?: readonly string[];
  readonly acceptFile?: string;
  readonly html?: string;
  readonly markdown?: string;
  readonly post?: true;
  readonly sarif?: string;
  readonly title?: string;
  readonly link?: readonly string[];
  readonly footer?: string;
}

/** Options of planning: an error where nothing is planned. */
const PLANNING = ["readOnly", "out", "parallelism", "shard", "changedSince"] as const;
const FLAGS: Readonly<Record<string, string>> = {
  readOnly: "--read-only",
  changedSince: "--changed-since",
  failOn: "--fail-on",
  acceptFile: "--accept-file",
};

/** @throws ProjectError `wrong-call` (exit 2) for options that exclude each other */
export function checkReviewCall(call: ReviewCall): void {
  const { stacks, plan, chdir, access, merge, shard } = call;
  if (plan !== undefined) {
    if (stacks.length > 0) throw wrongCall("stack names and --plan exclude each other", "omit one of them");
    refuse(call, "--plan", [...PLANNING, "account", "merge", "times"]);
  } else {
    if (!access) throw wrongCall("--no-access needs --plan", "add --plan, or omit --no-access");
    if (chdir !== undefined) throw wrongCall("--chdir needs --plan", "add --plan, or omit --chdir");
  }
  if (merge !== undefined) {
    if (stacks.length > 0)
      throw wrongCall("stack names and --merge exclude each other", "omit the stack names");
    refuse(call, "--merge", PLANNING);
  }
  if (shard === undefined) return;
  if (stacks.length > 0) throw wrongCall("stack names and --shard exclude each other", "omit one of them");
  if ((call.account ?? []).length > 1)
    throw wrongCall("--shard takes one --account", "run it once for each account, and merge all shards");
  refuse(call, "--shard", [
    ...(["failOn", "accept", "acceptFile", "json", "html", "markdown", "post", "sarif"] as const),
    ...(["title", "link", "footer"] as const),
  ]);
}

function refuse(call: ReviewCall, flag: string, others: readonly (keyof ReviewCall)[]): void {
  const other = others.find((name) => call[name] !== undefined);
  if (other === undefined) return;
  const fix = flag === "--shard" ? "pass it to `oidc review --merge`" : "omit one of them";
  throw wrongCall(`${flag} and ${FLAGS[other] ?? `--${other}`} exclude each other`, fix);
}
