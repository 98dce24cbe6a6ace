import { kmsKeyArnRule, parseArn, policyArnRule, wrongPartition } from "../rules/arn";
import { partitionOf } from "../rules/region";
import type { Reporter } from "../yaml/problem";
import { lookUp } from "../yaml/yaml-tree";
import { accountOf } from "./accounts";
import type { AccountOutline, BucketOutline, Field, Outline, RoleOutline } from "./outline";

/**
 * ARNs must belong to the partition, the account and, for KMS keys, the region of the role. The
 * schema reports malformed ones.
 */
export function checkArns(root: unknown, outline: Outline, report: Reporter): void {
  for (const account of outline.accounts) checkBoundary(account, report);
  for (const role of outline.projects.flatMap(({ roles }) => roles)) {
    const account = accountOf(role, outline);
    if (account?.region === undefined) continue;
    const partition = partitionOf(account.region.value);
    const managed = [...role.policies, role.boundary ?? []]
      .flat()
      .filter(({ value }) => policyArnRule(value) === undefined);
    const key = [role.kmsKey ?? []].flat().filter(({ value }) => kmsKeyArnRule(value) === undefined);
    for (const field of [...managed, ...key, ...resourcesOf(root, role)]) {
      const violation = wrongPartition(field.value, partition);
      if (violation !== undefined) report.at(field.path, violation);
    }
    for (const field of managed) reportForeignPolicy(field, account, report);
    for (const field of key) reportForeignRegion(field, account.region.value, report);
  }
  for (const bucket of outline.projects.flatMap(({ buckets }) => buckets))
    checkBucketKey(bucket, outline, report);
}

function checkBucketKey(bucket: BucketOutline, outline: Outline, report: Reporter): void {
  const { kmsKey } = bucket;
  const region = accountOf(bucket, outline)?.region;
  if (kmsKey === undefined || region === undefined || kmsKeyArnRule(kmsKey.value) !== undefined) return;
  const violation = wrongPartition(kmsKey.value, partitionOf(region.value));
  if (violation !== undefined) report.at(kmsKey.path, violation);
  reportForeignRegion(kmsKey, region.value, report);
}

function checkBoundary(account: AccountOutline, report: Reporter): void {
  const { boundary, region } = account;
  if (boundary === undefined || region === undefined || policyArnRule(boundary.value) !== undefined) return;
  const violation = wrongPartition(boundary.value, partitionOf(region.value));
  if (violation !== undefined) report.at(boundary.path, violation);
  reportForeignPolicy(boundary, account, report);
}

/** IAM attaches managed policies of AWS and of the role's account only. */
function reportForeignPolicy(field: Field, account: AccountOutline, report: Reporter): void {
  const arn = parseArn(field.value);
  if (
    arn === undefined ||
    account.id === undefined ||
    arn.account === "aws" ||
    arn.account === account.id.value
  )
    return;
  report.at(field.path, {
    code: "wrong-account",
    message: `the policy belongs to another account than ${account.key}, the account of the role`,
    found: field.value,
    allowed: `policies of account ${account.id.value}, or AWS managed policies`,
    fix: "create the policy in the role's account and use its ARN",
  });
}

/** S3 requires a key of the bucket's region. The key may belong to another account. */
function reportForeignRegion(field: Field, region: string, report: Reporter): void {
  const arn = parseArn(field.value);
  if (arn === undefined || arn.region === region) return;
  report.at(field.path, {
    code: "wrong-region",
    message: "the key is in another region than the bucket",
    found: field.value,
    allowed: `a key in ${region}`,
    fix: `use a key in ${region}, or a replica of this one there`,
  });
}

function resourcesOf(root: unknown, role: RoleOutline): readonly Field[] {
  const { value: statements } = lookUp(root, [...role.path, "statements"]);
  if (!Array.isArray(statements)) return [];
  return statements.flatMap((_, index) =>
    ["Resource", "NotResource"].flatMap((key) => {
      const path = [...role.path, "statements", index, key];
      const { value } = lookUp(root, path);
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      return values.flatMap((text, at) =>
        typeof text === "string" ? { value: text, path: Array.isArray(value) ? [...path, at] : path } : [],
      );
    }),
  );
}
