import { z } from "zod";
import { kmsKeyArnPattern, kmsKeyArnRule } from "../rules/arn";
import { tagKeyPattern, tagValuePattern, tagValueRule } from "../rules/aws-tags";
import {
  BUCKET_SETTINGS,
  bucketNamePattern,
  bucketNameRule,
  defaultKeepVersionsDays,
  keepVersionsViolation,
} from "../rules/bucket";
import { keyPattern, keyRule } from "../rules/names";
import { defaultTagsFlag } from "./resource-options";
import { list, namedMap, strictMap, text, wholeNumber } from "./schema-parts";

export const bucketName = text(bucketNameRule, "a bucket's name", {
  description: "The bucket's name. S3's names are unique in the world, so each may stand in this file once.",
  pattern: bucketNamePattern,
});

const bucketShape = {
  name: bucketName,
  kmsKey: text(kmsKeyArnRule, "the ARN of a KMS key", {
    description:
      "ARN of the KMS key that encrypts the bucket, in the account's region. Without it S3's own key is used.",
    pattern: kmsKeyArnPattern,
  }).optional(),
  keepVersionsDays: wholeNumber(keepVersionsViolation, "whole days, 1-3650", {
    description: "Days that old versions of objects are kept.",
    minimum: 1,
    maximum: 3_650,
    default: defaultKeepVersionsDays,
  }).optional(),
  forceDestroy: z
    .boolean({ error: "true or false" })
    .meta({
      description:
        "`true`: Terraform may destroy the bucket with all that is in it. Otherwise it is protected.",
      default: false,
    })
    .optional(),
};

/** A role's own bucket. */
export const bucketSchema = strictMap(bucketShape, "a bucket");

/** A bucket of a project, such as one that was there before. */
export const projectBucketSchema = strictMap(
  {
    ...bucketShape,
    account: text(keyRule("account"), "a key of `accounts`", {
      description: "The account the bucket lives in, a key of `accounts`. Needed when there are several.",
      pattern: keyPattern,
    }).optional(),
    awsTags: awsTags("Tags of the bucket in AWS, beside those that this project sets."),
    defaultTags: defaultTagsFlag,
    keep: list(
      z.enum(BUCKET_SETTINGS, { error: BUCKET_SETTINGS.join(", ") }),
      `a list of settings: ${BUCKET_SETTINGS.join(", ")}`,
    )
      .meta({ description: "Settings that stay in AWS as they are: nothing in this project sets them." })
      .optional(),
  },
  "a bucket",
).meta({ description: "A private bucket. Who may use it is said in the roles' own policies." });

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
