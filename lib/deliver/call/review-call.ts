import { wrongCall } from "../../project/unknown-name";

/** From where the plans of a review come, as it is asked on the command line. */
export interface ReviewCall {
  readonly stacks: readonly string[];
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
}

/** Options that say nothing where another one is: told, and not passed over in silence. */
const PLANNING = ["readOnly", "out", "parallelism", "shard", "changedSince"] as const;
const FLAGS: Readonly<Record<string, string>> = {
  readOnly: "--read-only",
  changedSince: "--changed-since",
  failOn: "--fail-on",
  acceptFile: "--accept-file",
};

/** @throws ProjectError `wrong-call` (exit 2) for options that cannot be meant together */
export function checkReviewCall(call: ReviewCall): void {
  const { stacks, plan, chdir, access, merge, shard } = call;
  if (plan !== undefined) {
    if (stacks.length > 0)
      throw wrongCall("stacks are planned, and --plan names plans that exist", "leave one of them out");
    refuse(call, "--plan", [...PLANNING, "merge", "times"]);
  } else {
    if (!access)
      throw wrongCall("the stacks are those of access.yaml", "add --plan, or leave out --no-access");
    if (chdir !== undefined)
      throw wrongCall("--chdir is where plan files are shown from", "add --plan, or leave it out");
  }
  if (merge !== undefined) {
    if (stacks.length > 0)
      throw wrongCall("--merge takes the stacks that the shards have planned", "leave the names out");
    refuse(call, "--merge", PLANNING);
  }
  if (shard === undefined) return;
  if (stacks.length > 0)
    throw wrongCall("--shard shares out all stacks, and some are named", "leave the names out, or --shard");
  refuse(call, "--shard", ["failOn", "accept", "acceptFile", "json", "html", "markdown", "post"]);
}

function refuse(call: ReviewCall, flag: string, others: readonly (keyof ReviewCall)[]): void {
  const other = others.find((name) => call[name] !== undefined);
  if (other === undefined) return;
  const fix = flag === "--shard" ? "it belongs to `oidc review --merge`" : "leave one of them out";
  throw wrongCall(`${flag} and ${FLAGS[other] ?? `--${other}`} do not go together`, fix);
}
