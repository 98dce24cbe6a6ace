import type { Violation } from "../yaml/problem";
import type { Rule } from "./rule";

export const policyArnPattern =
  "^arn:[a-z-]+:iam::([0-9]{12}|aws):policy/([\\x21-\\x7e]+/)?[A-Za-z0-9_+=,.@-]{1,128}$";
const policyArnForm = new RegExp(policyArnPattern);
export const kmsKeyArnPattern = "^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$";
const kmsKeyArnForm = new RegExp(kmsKeyArnPattern);

/** The parts of a well-formed ARN that checks across keys compare. */
interface Arn {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** The parts of an ARN, which may be wildcards; undefined if the text is not an ARN. */
export function parseArn(text: string): Arn | undefined {
  const [arn, partition, service, region, account, ...resource] = text.split(":");
  if (
    arn !== "arn" ||
    !partition ||
    !service ||
    region === undefined ||
    account === undefined ||
    !resource.join(":")
  )
    return undefined;
  return { partition, region, account };
}

/** A managed policy of AWS or of a customer. Source: IAM User Guide, "IAM identifiers". */
export const policyArnRule: Rule = (text) =>
  policyArnForm.test(text)
    ? undefined
    : {
        code: "malformed-arn",
        message: "this is not the ARN of a managed policy",
        found: text,
        allowed: "arn:<partition>:iam::<12 digits, or aws>:policy/<path and name>",
        fix: /^[\w+=,.@-]+$/.test(text)
          ? `write the complete ARN; for an AWS managed policy, arn:aws:iam::aws:policy/${text}`
          : "copy the policy's ARN from the IAM console",
      };

/** A key, not an alias: an alias can be moved to another key without a change of access.yaml. */
export const kmsKeyArnRule: Rule = (text) =>
  kmsKeyArnForm.test(text)
    ? undefined
    : {
        code: "malformed-arn",
        message:
          text.includes(":alias/") || text.startsWith("alias/")
            ? "this is a KMS alias, not a key"
            : "this is not the ARN of a KMS key",
        found: text,
        allowed: "arn:<partition>:kms:<region>:<12 digits>:key/<key id>",
        fix: "copy the key's ARN from the KMS console, or from `aws kms describe-key`",
      };

/** Resource of a statement: `*` or an ARN, which may contain wildcards and policy variables. */
export const resourceRule: Rule = (text) =>
  text === "*" || (parseArn(text) !== undefined && !/\p{Cc}/u.test(text))
    ? undefined
    : {
        code: "malformed-arn",
        message: "this is not an ARN",
        found: text,
        allowed: "* or an ARN, which may contain wildcards",
        fix: "write the complete ARN of the resource; for an S3 bucket, arn:aws:s3:::name",
      };

/**
 * Reports an ARN of another partition than the account's. A partition with wildcards or variables
 * is not checked.
 */
export function wrongPartition(text: string, partition: string): Violation | undefined {
  const arn = parseArn(text);
  if (arn === undefined || arn.partition === partition || /[*?$]/.test(arn.partition)) return undefined;
  return {
    code: "wrong-partition",
    message: "the ARN belongs to another partition than the account",
    found: text,
    allowed: `arn:${partition}:…`,
    fix: `write arn:${partition}:${text.split(":").slice(2).join(":")}`,
  };
}
