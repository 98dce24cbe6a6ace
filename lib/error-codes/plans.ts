import type { ErrorGroup } from "./error-group";

export const PLANS = {
  title: "Plans, shards and reviewed plans",
  guide: "review.md",
  intro: "Errors of `review` and `apply` about plans.",
  codes: {
    "plan-not-read": {
      cause: "The input is not a Terraform plan in JSON.",
      fix: "Pass the output of `terraform show -json PLAN`.",
    },
    "plan-not-shown": {
      cause: "`terraform show` failed for a binary plan.",
      fix: "Run `terraform init` in the folder of the plan and name it with `--chdir`.",
    },
    "plan-format": {
      cause: "The plan or state has an unsupported format version.",
      fix: "Use a newer release of this project, or a current Terraform or OpenTofu.",
    },
    "plan-action-unknown": {
      cause: "The plan has an action that this version does not know.",
      fix: "Review this plan by hand, and report it.",
    },
    "plan-is-folder": { cause: "A folder was passed instead of a plan file.", fix: "Pass the plan file." },
    "plan-binary-on-stdin": {
      cause: "Standard input holds a binary plan.",
      fix: "Pass the file, or pipe the output of `terraform show -json`.",
    },
    "plan-empty": { cause: "The plan file is empty.", fix: "Check whether `terraform show` failed." },
    "plan-compressed": { cause: "The plan file is compressed.", fix: "Unpack it first." },
    "plan-stale": { cause: "The state has changed since the plan was made.", fix: "Run the review again." },
    "ref-unknown": {
      cause: "`--changed-since` names a commit that this repository does not have.",
      fix: "Fetch the branch first, or name another.",
    },
    "shards-missing": {
      cause: "The folder holds no shards, or the shards do not form one review.",
      fix: "Pass the folder of `review --shard --out` with the files of every shard.",
    },
    "shard-not-read": {
      cause: "A shard file does not have the form that this version writes.",
      fix: "Run that shard again.",
    },
    "shard-missing": { cause: "A shard is missing.", fix: "Run the missing shard with the same total." },
    "shard-doubled": { cause: "A shard is present twice.", fix: "Remove the copy." },
    "shard-totals": {
      cause: "The shards were made with different totals.",
      fix: "Run every shard with the same total.",
    },
    "shard-commits": {
      cause: "The shards were made from different commits.",
      fix: "Run every shard on the same commit.",
    },
    "shard-terraform": {
      cause: "The shards were made with different versions of Terraform.",
      fix: "Use one version of Terraform.",
    },
    "shard-stacks": {
      cause: "The shards planned different sets of stacks.",
      fix: "Run every shard with the same arguments.",
    },
    "shard-stack-doubled": {
      cause: "Two shards planned the same stack.",
      fix: "Run every shard with the same total and the same times.",
    },
    "shard-stack-missing": {
      cause: "No shard planned a stack.",
      fix: "Run every shard with the same total and the same times.",
    },
    "apply-refused": {
      cause: "The reviewed plans were not applied. The message lists every reason by its code.",
      fix: "Run the review on the code that is to be applied, and have that reviewed.",
    },
    "reviewed-missing": {
      cause: "The record of the review is missing.",
      fix: "Name the folder of `review --out`; after `--shard`, run `review --merge` first.",
    },
    "reviewed-not-read": {
      cause: "The record of the review does not have the form that this version writes.",
      fix: "Run the review again.",
    },
    "reviewed-commit": {
      cause: "The checked-out commit is not the one that was reviewed.",
      fix: "Check out the reviewed commit, or review this one.",
    },
    "reviewed-dirty": {
      cause: "Uncommitted changes were reviewed, or are in the work tree now.",
      fix: "Commit them and review the commit.",
    },
    "reviewed-stacks": {
      cause: "The stacks are not those that were reviewed.",
      fix: "Run the review again.",
    },
    "reviewed-terraform": {
      cause: "The version of Terraform is not the one that planned.",
      fix: "Use the same version, or run the review again.",
    },
    "reviewed-code": {
      cause: "The synthesized code of a stack is not what was reviewed.",
      fix: "Run the review again.",
    },
    "reviewed-failed": {
      cause: "A stack could not be planned in the review.",
      fix: "Correct its plan and run the review again.",
    },
    "reviewed-plan-missing": {
      cause: "A kept plan is missing.",
      fix: "Restore the folder of the review, or run the review again.",
    },
    "reviewed-plan-changed": {
      cause: "A kept plan is not the one that was reviewed.",
      fix: "Run the review again.",
    },
    "reviewed-providers": {
      cause: "`terraform init` failed with the reviewed lock file.",
      fix: "Resolve Terraform's error, and apply again.",
    },
    "reviewed-code-changed": {
      cause: "The code or lock file of a stack changed while it was applied.",
      fix: "Keep other programs from writing into the folder, and apply again.",
    },
  },
} as const satisfies ErrorGroup;
