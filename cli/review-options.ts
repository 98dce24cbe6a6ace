import { type Command, Option } from "commander";
import type { ReviewCall } from "../lib/deliver/call/review-call";
import { FAIL_ON } from "../lib/report/verdict/gate";

export interface ReviewOptions extends Omit<ReviewCall, "stacks" | "json"> {
  readonly output: string;
  readonly accept?: readonly string[];
  readonly acceptFile?: string;
  readonly html?: string;
  readonly markdown?: string;
  /** True: to standard output. */
  readonly json?: string | true;
  readonly post?: true;
  readonly onNoChanges: "update" | "delete" | "keep";
  readonly oldComments: "update" | "hide";
  readonly commentKey?: string;
  readonly host?: string;
  readonly apiUrl?: string;
  readonly repository?: string;
  readonly pullRequest?: string;
  readonly commit?: string;
  readonly run?: string;
}

/** Which plans are reviewed. */
export function addPlanOptions(command: Command): Command {
  return command
    .argument("[stacks...]", "only these, such as main-website")
    .option(
      "--plan <file...>",
      "review plans that exist: plan files, or JSON of `terraform show -json`; - for standard input",
    )
    .option("--chdir <folder>", "where plan files are shown from: a folder that `terraform init` was run in")
    .option("--no-access", "plans of another project: do not look for names in access.yaml")
    .option("--read-only", "plan without a lock on the state: needs no right to write anything")
    .option("--out <folder>", "where the plans are kept (default: plans in the output folder)")
    .option("--output <folder>", "where the stacks are written", process.env.CDKTF_OUTDIR || "cdktf.out")
    .option("--parallelism <number>", "how many stacks at once (default: as many as there are cores)")
    .option("--changed-since <commit>", "leave out the stacks whose code is that of this commit")
    .option("--shard [i/n]", "plan one share of the stacks, such as 2/8 (default: CircleCI's parallelism)")
    .option("--merge <folder>", "put the shards in this folder together, and review that")
    .option("--times <file>", "how long stacks took to plan: shares out the work, and is written anew");
}

/** What becomes of the review. */
export function addReportOptions(command: Command): Command {
  return command
    .option("--fail-on <what>", `exit with 1 on any of ${FAIL_ON.join(",")}`)
    .option("--accept <ids...>", "what somebody has signed off, by the ids that the review shows")
    .option("--accept-file <file>", "the same from a file, a line each: ID until 2027-03-31 because REASON")
    .option("--html <file>", "write the whole as a page")
    .option("--markdown <file>", "write the whole as Markdown")
    .option("--json [file]", "the whole review, for programs; without a file instead of Markdown")
    .option("--post", "leave it as the one comment of this project at the pull request")
    .addOption(
      new Option(
        "--on-no-changes <do>",
        "with nothing to tell: say so, take the comment away, or leave what is there",
      )
        .choices(["update", "delete", "keep"])
        .default("update"),
    )
    .addOption(
      new Option(
        "--old-comments <do>",
        "rewrite the comment of an earlier run, or hide it and write a new one",
      )
        .choices(["update", "hide"])
        .default("update"),
    )
    .option(
      "--comment-key <name>",
      "tells this project's comment from others' (default: the path of access.yaml)",
    )
    .option("--host <name>", "github, gitlab or bitbucket (default: by the pull request's address)")
    .option(
      "--api-url <url>",
      "the host's API, for a host of your own: the only one that the token is sent to",
    )
    .option("--repository <name>", "owner/name (default: CircleCI's project)")
    .option("--pull-request <number>", "its number or page (default: CIRCLE_PULL_REQUEST)")
    .option("--commit <id>", "the commit that is reviewed (default: CIRCLE_SHA1)")
    .option(
      "--run <number>",
      "grows with each run, so that an older one never overwrites a newer one's comment",
    );
}
