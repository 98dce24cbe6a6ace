import { parseArn, wrongPartition } from "../rules/arn";
import { partitionOf } from "../rules/region";
import type { Reporter } from "../yaml/problem";
import { isTreeMap } from "../yaml/yaml-tree";
import { accountOf } from "./accounts";
import type { AccountOutline, Outline, RoleOutline } from "./outline";

/** Presets that fit the role's account and each other. */
export function checkDeploys(outline: Outline, report: Reporter): void {
  for (const role of outline.projects.flatMap(({ roles }) => roles)) {
    const { deploys } = role.entry;
    if (!isTreeMap(deploys)) continue;
    reportNone(deploys, role, report);
    reportImage(deploys, role, report);
    reportStateBucket(deploys, role, outline, report);
    const account = accountOf(role, outline);
    if (account !== undefined) reportTaskRoles(deploys, role, account, report);
  }
}

type Presets = Readonly<Record<string, unknown>>;

function reportNone(deploys: Presets, { path }: RoleOutline, report: Reporter): void {
  if (Object.keys(deploys).length > 0) return;
  report.at([...path, "deploys"], {
    code: "empty-map",
    message: "an empty list or map never grants or excludes anything",
    found: "{}",
    allowed: "a map of presets",
    fix: "add a preset, or remove the key",
  });
}

/** The image that `ecr` pushes is the default. */
function reportImage({ ecs, ecr }: Presets, { path }: RoleOutline, report: Reporter): void {
  if (!isTreeMap(ecs) || Object.hasOwn(ecs, "image") || ecr !== undefined) return;
  report.atKey([...path, "deploys", "ecs"], {
    code: "missing-key",
    message: "the required key `image` is missing: the role has no `ecr` that pushes an image",
    found: "image",
    allowed: "an image with its tag, which may be $CIRCLE_SHA1",
    fix: "add `image`, or `ecr: { repository: … }` to the role's `deploys`",
  });
}

/**
 * IAM passes roles of the same account only (IAM User Guide, "Granting a user permissions to pass a
 * role").
 */
function reportTaskRoles(
  { ecs }: Presets,
  { path }: RoleOutline,
  account: AccountOutline,
  report: Reporter,
): void {
  if (!isTreeMap(ecs) || !Array.isArray(ecs.taskRoles)) return;
  ecs.taskRoles.forEach((role: unknown, index) => {
    const arn = typeof role === "string" ? parseArn(role) : undefined;
    if (typeof role !== "string" || arn === undefined) return;
    const place = [...path, "deploys", "ecs", "taskRoles", index];
    const partition =
      account.region === undefined ? undefined : wrongPartition(role, partitionOf(account.region.value));
    if (partition !== undefined) report.at(place, partition);
    if (account.id === undefined || arn.account === account.id.value) return;
    report.at(place, {
      code: "wrong-account",
      message: `the role belongs to another account than ${account.key}, the account of the role that passes it`,
      found: role,
      allowed: `roles of account ${account.id.value}`,
      fix: "name a role of that account",
    });
  });
}

/** Access to the states of this file's stacks would be permissions management. */
function reportStateBucket(
  { terraform }: Presets,
  { path }: RoleOutline,
  { accounts }: Outline,
  report: Reporter,
): void {
  if (!isTreeMap(terraform)) return;
  const owner = accounts.find(({ stateBucket }) => stateBucket?.value === terraform.stateBucket);
  if (owner?.stateBucket === undefined) return;
  report.at([...path, "deploys", "terraform", "stateBucket"], {
    code: "deploy-state-bucket",
    message: `this bucket holds the states of this file's own stacks (accounts.${owner.key}.state.bucket)`,
    found: owner.stateBucket.value,
    allowed: "another bucket",
    fix: "keep the project's state in a bucket of its own",
  });
}
