import { z } from "zod";
import { oidc } from "../../command-name";
import { kmsKeyArnPattern, kmsKeyArnRule } from "../rules/arn";
import { bucketNamePattern, bucketNameRule } from "../rules/bucket";
import { strictMap, text } from "./schema-parts";

const encryptionSchema = strictMap(
  {
    keyProvider: z.enum(["aws_kms", "pbkdf2"], { error: "aws_kms or pbkdf2" }).meta({
      description:
        "Where the key comes from, as OpenTofu names it: `aws_kms`, a KMS key; or `pbkdf2`, a passphrase in the environment variable `TF_ENCRYPTION`.",
    }),
    kmsKey: text(kmsKeyArnRule, "the ARN of a KMS key", {
      description: "The symmetric KMS key. Required with `aws_kms`.",
      pattern: kmsKeyArnPattern,
    }).optional(),
    migrate: z
      .boolean({ error: "true or false" })
      .meta({
        description:
          "True: states that are not encrypted yet are read too, and the next apply encrypts them. Remove it after that. Default: false, unencrypted states are rejected.",
      })
      .optional(),
  },
  "a map with the key keyProvider",
).meta({
  description:
    "Encryption of states and plan files by OpenTofu, in addition to that of S3. Requires OpenTofu.",
});

/** Where an account's Terraform state is. */
export const stateSchema = strictMap(
  {
    bucket: text(bucketNameRule, "a bucket name", {
      description: `The bucket for Terraform state. \`${oidc("bootstrap")}\` creates it.`,
      pattern: bucketNamePattern,
    }),
    encryption: encryptionSchema.optional(),
  },
  "a map with the key bucket",
).meta({ description: "Where the Terraform state of this account is stored." });
