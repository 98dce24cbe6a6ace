import { groupBy } from "../../collections/group-by";
import { docsPage, oidc } from "../../command-name";
import { accountView } from "../../config/model/account-view";
import type { Access } from "../../config/model/model";
import { roleArn } from "../../iam/language/arns";
import { wrapText } from "../../terminal/wrap-text";
import type { StackRun } from "./stack-runs";
import { NO_CHANGES, plannedResources, type Warning, warningsIn, withoutWarnings } from "./terraform-text";

const WIDTH = 80;

/** The plan of one stack, whole, without the warnings that stand at the end. */
export function printPlan({ stack, plan }: StackRun): string {
  return `\n${stack}\n${"─".repeat(Math.min(WIDTH, stack.length))}\n${withoutAdvice(withoutWarnings(plan)).replace(/^\n+|\s+$/g, "")}\n`;
}

/** Terraform advises how to apply the plan file that cdktf has named. */
function withoutAdvice(plan: string): string {
  return plan.replace(/\n─+\n\nSaved the plan to: [\s\S]*$/, "");
}

/** Everything that Terraform printed in a stack in which it failed. */
export function printFailure({ stack, output }: StackRun): string {
  return `\nTerraform failed in ${stack}. Its complete output:\n\n${output.trim()}\n`;
}

/** Each warning once, with the number of its stacks. Empty: there is none. */
export function printWarnings(runs: readonly StackRun[]): string {
  const all = runs.flatMap(({ stack, output }) => warningsIn(output).map((warning) => ({ stack, warning })));
  const distinct = groupBy(all, ({ warning }) => explainWarning(warning));
  if (distinct.size === 0) return "";
  const lines = [...distinct].map(([text, found]) => {
    const stacks = new Set(found.map(({ stack }) => stack)).size;
    return wrapText(`  ${text} (${stacks} ${stacks === 1 ? "stack" : "stacks"})`, WIDTH, "    ");
  });
  return ["Warnings:", ...lines].join("\n");
}

/** The deprecated argument is used on purpose, so the decision is more use than the warning. */
function explainWarning({ summary, detail }: Warning): string {
  if (/deprecated/i.test(summary) && /\blifecycle_rule\b|aws_s3_bucket_lifecycle_configuration/.test(detail))
    return `lifecycle_rule of aws_s3_bucket is deprecated in the provider and used on purpose: ${docsPage("docs/decisions/0009-lifecycle-rule.md")}`;
  return detail === "" ? summary : `${summary}: ${detail}`;
}

/** What happened in each stack, in columns. */
export function printStacks(runs: readonly StackRun[]): string {
  return columns([
    ["Stack", "Changes"],
    ...runs.map(
      ({ stack, isFailed, changes }) => [stack, isFailed ? "failed" : (changes ?? "done")] as const,
    ),
  ]);
}

/** What would change in each stack, with its resources and without their values. */
export function printChanges(runs: readonly StackRun[]): string {
  return runs
    .map(({ stack, changes, plan }) => {
      const resources = plannedResources(plan).map(({ sign, text }) => `      ${sign.padEnd(3)} ${text}`);
      return [`  ${stack}: ${changes ?? "changes that could not be counted"}`, ...resources].join("\n");
    })
    .join("\n");
}

/** The roles and buckets of the stacks, with their ARNs. Empty: there are none. */
export function printResources(access: Access, stacks: readonly string[]): string {
  const rows = access.accounts.flatMap((account) => {
    const { stacks: names, pipelineRoles } = accountView(access, account);
    const parts = [
      { name: names.state, roles: [], buckets: [account.stateBucket] },
      { name: names.pipeline ?? "", roles: pipelineRoles, buckets: [] },
      ...names.projects.map(({ name, roles, buckets }) => ({
        name,
        roles,
        buckets: [...roles.flatMap(({ bucket }) => bucket?.name ?? []), ...buckets.map((one) => one.name)],
      })),
    ].filter(({ name }) => stacks.includes(name));
    return [
      ...parts.flatMap(({ roles }) => roles.map((role) => [`role ${role.name}`, roleArn(role)] as const)),
      ...parts.flatMap(({ buckets }) =>
        [...new Set(buckets)].map(
          (name) => [`bucket ${name}`, `arn:${account.partition}:s3:::${name}`] as const,
        ),
      ),
    ];
  });
  return rows.length === 0 ? "" : columns([["Resource", "ARN"], ...rows]);
}

/** Two columns. A row that is wider than a terminal has its second value on a line of its own. */
function columns(rows: readonly (readonly [string, string])[]): string {
  const fitting = rows.filter(([first, second]) => first.length + second.length + 4 <= WIDTH);
  const width = Math.max(...fitting.map(([first]) => first.length));
  return rows
    .map(([first, second]) => {
      const line = `  ${first.padEnd(width)}  ${second}`;
      return line.length <= WIDTH ? line : `  ${first}\n      ${second}`;
    })
    .join("\n");
}

/** The command that comes next. Empty: nothing is left to do. */
export function printNext(command: string, access: Access, runs: readonly StackRun[]): string {
  const stacks = runs.map(({ stack }) => stack);
  const changed = runs.filter(({ changes }) => changes !== NO_CHANGES).map(({ stack }) => stack);
  if (command === "diff")
    return changed.length === 0 ? "No changes: nothing to deploy." : `Next: ${oidc("deploy", ...changed)}`;
  if (command === "destroy") return `Next: ${oidc("deploy", ...stacks)} creates them again.`;
  const project = access.projects.find(({ key, roles }) =>
    roles.some(({ account }) => stacks.includes(`${account.key}-${key}`)),
  );
  if (project?.repository !== undefined) return `Next: ${oidc("pipeline")} --project ${project.key}`;
  return `Next: ${oidc("deploy", ...(access.accounts.length === 1 ? [] : [`"${accountOf(access, stacks)}-*"`]))}`;
}

function accountOf(access: Access, stacks: readonly string[]): string {
  const isOf = (key: string): boolean =>
    accountView(access, { key }).stackNames.some((name) => stacks.includes(name));
  return access.accounts.find(({ key }) => isOf(key))?.key ?? "";
}
