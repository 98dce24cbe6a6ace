import type { Command } from "commander";
import type { AdoptCall } from "./run/adopt";

/** `oidc adopt`. */
export function addAdopt(program: Command): void {
  program
    .command("adopt")
    .description(
      "Bring the existing roles, OIDC provider and buckets of an account under this project without changing them.",
    )
    .option("--account <name>", "account name in access.yaml (default: the only one)")
    .option("--only <role...>", "only these roles, by their names in IAM")
    .option("--bucket <name...>", "further buckets, besides those that policies of the roles name")
    .option("--project <key>", "project for roles and buckets that belong to no single project")
    .option(
      "--default-tags",
      "add this project's default tags to adopted objects; nothing else changes in AWS",
    )
    .option("--dry-run", "print what would be written; write nothing")
    .option("--check", "plan what was written, and report what a deploy would change")
    .option("--no-check", "write without planning")
    .option("--done", "after the deploy: remove completed entries from imports.json")
    .option("--release <name...>", "the reverse: Terraform forgets these roles or buckets; they stay in AWS")
    .option("--json", "print the result as JSON")
    .option("--print-policy", "print the IAM policy that the caller needs")
    .option("--output <folder>", "folder for the synthesized stacks (default: cdktf.out)")
    .action(async (options: AdoptCall) => (await import("./run/adopt.ts")).runAdopt(options));
}
