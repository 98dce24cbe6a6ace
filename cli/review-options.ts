import { type Command, Option } from "commander";
import type { ReviewCall } from "../lib/deliver/call/review-call";
import { FAIL_ON } from "../lib/report/verdict/gate";

export interface ReviewOptions extends Omit<ReviewCall, "stacks" | "json"> {
  readonly output?: string;
  readonly accept?: readonly string[];
  readonly acceptFile?: string;
  readonly sarif?: string;
  readonly title?: string;
  readonly link?: readonly string[];
  readonly footer?: string;
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

/** The options that select plans. */
export function addPlanOptions(command: Command): Command {
  return command
    .argument("[stacks...]", "stacks to plan, such as main-website or 'main-*' (default: all)")
    .option(
      "--account <name>",
      "plan, or merge, the stacks of this account only; may be repeated",
      (name: string, before: readonly string[] = []) => [...before, name],
    )
    .option(
      "--plan <file...>",
      "review existing plans: plan files, or JSON of `terraform show -json`; - reads standard input",
    )
    .option("--chdir <folder>", "initialized folder in which plan files are shown")
    .option("--no-access", "do not read access.yaml: for plans of another project")
    .option("--read-only", "plan without locking the state: needs no write permission")
    .option("--out <folder>", "folder for the plans (default: plans in the output folder)")
    .option("--output <folder>", "folder for the synthesized stacks (default: cdktf.out)")
    .option("--parallelism <number>", "number of stacks at once (default: number of cores)")
    .option("--changed-since <commit>", "skip stacks whose code is the same as at this commit")
    .option(
      "--shard [i/n]",
      "plan one shard of the stacks, such as 2/8 (without a value: from CircleCI's parallelism)",
    )
    .option("--merge <folder>", "merge the shards in this folder and review them")
    .option("--times <file>", "planning times of earlier runs, to balance the shards; updated");
}

/** The options for gates, files and the comment. */
export function addReportOptions(command: Command): Command {
  return command
    .option(
      "--fail-on <what>",
      `exit with 1 if the review has any of these, comma-separated: ${FAIL_ON.join(", ")}`,
    )
    .option("--accept <ids...>", "accept changes by the ids in the review")
    .option(
      "--accept-file <file>",
      "accept changes listed in a file, one a line: ID until 2027-03-31 because REASON",
    )
    .option("--html <file>", "write the full report as HTML")
    .option("--markdown <file>", "write the full report as Markdown")
    .option("--json [file]", "write the review as JSON (without a file: print it instead of Markdown)")
    .option("--sarif <file>", "write the review as SARIF, for code scanning")
    .option("--title <text>", "heading above the report")
    .option(
      "--link <text=url>",
      "link below the headline, such as run=https://ci.example/1; may be repeated",
      (link: string, before: readonly string[] = []) => [...before, link],
    )
    .option("--footer <text>", "last line of the report")
    .option("--post", "post the review as a comment on the pull request")
    .addOption(
      new Option(
        "--on-no-changes <do>",
        "without changes: update the comment, delete it, or keep it as it is",
      )
        .choices(["update", "delete", "keep"])
        .default("update"),
    )
    .addOption(
      new Option(
        "--old-comments <do>",
        "update the comment of an earlier run, or hide it and write a new one (GitHub)",
      )
        .choices(["update", "hide"])
        .default("update"),
    )
    .option("--comment-key <name>", "identifies this project's comment (default: the path of access.yaml)")
    .option(
      "--host <name>",
      "github, gitlab, bitbucket or bitbucket-data-center (default: from the address of the API or of the pull request)",
    )
    .option("--api-url <url>", "API of a self-hosted Git host; the token is sent to no other")
    .option("--repository <name>", "owner/name (default: CircleCI's project)")
    .option("--pull-request <number>", "number or address of the pull request (default: CIRCLE_PULL_REQUEST)")
    .option("--commit <id>", "reviewed commit (default: CIRCLE_SHA1)")
    .option("--run <number>", "grows with each run, so that an older run never overwrites a newer comment");
}
