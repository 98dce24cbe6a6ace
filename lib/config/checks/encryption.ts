import { kmsKeyArnRule, wrongPartition } from "../rules/arn";
import { partitionOf } from "../rules/region";
import type { Reporter } from "../yaml/problem";
import { lookUp } from "../yaml/yaml-tree";
import type { AccountOutline, Outline } from "./outline";

/** `aws_kms` needs a key of the account's partition; `pbkdf2` has none. */
export function checkEncryption(root: unknown, outline: Outline, report: Reporter): void {
  for (const account of outline.accounts) checkKey(root, account, report);
}

function checkKey(root: unknown, { key, region }: AccountOutline, report: Reporter): void {
  const path = ["accounts", key, "state", "encryption"];
  const provider = lookUp(root, [...path, "keyProvider"]);
  const found = lookUp(root, [...path, "kmsKey"]);
  if (provider.value === "aws_kms" && found.value === undefined)
    report.at([...path, "keyProvider"], {
      code: "encryption-key",
      message: "aws_kms needs a key",
      found: "no kmsKey",
      allowed: "kmsKey with the ARN of a symmetric KMS key",
      fix: "add `kmsKey: arn:aws:kms:…`, or use pbkdf2",
    });
  if (provider.value === "pbkdf2" && found.value !== undefined)
    report.at([...path, "kmsKey"], {
      code: "encryption-key",
      message: "pbkdf2 derives the key from a passphrase",
      found: String(found.value),
      allowed: "no kmsKey",
      fix: "remove it, or use aws_kms",
    });
  if (typeof found.value !== "string" || kmsKeyArnRule(found.value) !== undefined || region === undefined)
    return;
  const violation = wrongPartition(found.value, partitionOf(region.value));
  if (violation !== undefined) report.at([...path, "kmsKey"], violation);
}
