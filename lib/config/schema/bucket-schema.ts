import { z } from "zod";
import { kmsKeyArnPattern, kmsKeyArnRule } from "../rules/arn";
import { tagKeyPattern, tagValuePattern, tagValueRule } from "../rules/aws-tags";
import {
  BUCKET_SETTINGS,
  bucketNamePattern,
  bucketNameRule,
  defaultKeepVersionsDays,
  expireViolation,
  keepVersionsViolation,
} from "../rules/bucket";
import { keyPattern, keyRule } from "../rules/names";
import { defaultTagsFlag } from "./resource-options";
import { list, namedMap, strictMap, text, wholeNumber } from "./schema-parts";

export const bucketName = text(bucketNameRule, "a bucket name", {
  description:
    "The bucket's name. Bucket names are globally unique, so each one is allowed once in this file.",
  pattern: bucketNamePattern,
});

const bucketShape = {
  name: bucketName,
  kmsKey: text(kmsKeyArnRule, "the ARN of a KMS key", {
    description:
      "ARN of the KMS key that encrypts the bucket, in the account's region. Default: S3 managed keys (SSE-S3).",
    pattern: kmsKeyArnPattern,
  }).optional(),
  keepVersionsDays: wholeNumber(keepVersionsViolation, "whole days, 1-3650", {
    description: "Days until S3 deletes noncurrent versions of objects.",
    minimum: 1,
    maximum: 3_650,
    default: defaultKeepVersionsDays,
  }).optional(),
  expireDays: wholeNumber(expireViolation, "whole days, 1-3650", {
    description:
      "Days until S3 deletes each object of the bucket, counted from its last upload, such as for previews. Default: never.",
    minimum: 1,
    maximum: 3_650,
  }).optional(),
  forceDestroy: z
    .boolean({ error: "true or false" })
    .meta({
      description:
        "`true`: Terraform may destroy the bucket with all of its objects. `false`: the bucket is protected from destruction.",
      default: false,
    })
    .optional(),
};

/** A role's own bucket. */
export const bucketSchema = strictMap(bucketShape, "a bucket");

/** A bucket of a project that is not the bucket of one of its roles. */
export const projectBucketSchema = strictMap(
  {
    ...bucketShape,
    account: text(keyRule("account"), "a key of `accounts`", {
      description: "The bucket's account, a key of `accounts`. Required if there are several.",
      pattern: keyPattern,
    }).optional(),
    awsTags: awsTags("Tags of the bucket in AWS, in addition to those that this project sets."),
    defaultTags: defaultTagsFlag,
    keep: list(
      z.enum(BUCKET_SETTINGS, { error: BUCKET_SETTINGS.join(", ") }),
      `a list of settings: ${BUCKET_SETTINGS.join(", ")}`,
    )
      .meta({
        description:
          "Settings of the bucket that this project does not manage. They stay as they are in AWS.",
      })
      .optional(),
  },
  "a bucket",
).meta({ description: "A private bucket. The policies of the roles grant access to it." });

/** Tags in AWS. */
export function awsTags(description: string) {
  return namedMap(
    text(tagValueRule, "text, in quotes if it looks like a number", {
      description: "The tag's value.",
      pattern: tagValuePattern,
    }),
    "a map from tag to value",
    { description, keyPattern: tagKeyPattern },
  ).optional();
}
