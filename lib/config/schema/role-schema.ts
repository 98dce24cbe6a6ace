import { z } from "zod";
import { policyArnPattern, policyArnRule } from "../rules/arn";
import { inlinePolicyNamePattern } from "../rules/document-file";
import { refPattern, refRule } from "../rules/git-ref";
import {
  descriptionPattern,
  descriptionRule,
  longestSession,
  pathPattern,
  pathRule,
  roleNamePattern,
  roleNameRule,
  sessionViolation,
  shortestSession,
} from "../rules/iam-role";
import { everyoneInListRule, keyPattern, keyRule } from "../rules/names";
import { awsTags, bucketName, bucketSchema } from "./bucket-schema";
import { rolePipelineSchema } from "./pipeline-schema";
import { defaultTagsFlag, documentFile, protectFlag } from "./resource-options";
import { list, namedMap, strictMap, text, wholeNumber } from "./schema-parts";
import { statementSchema } from "./statement-schema";

export const defaultSession = shortestSession;

const peopleList = list(
  text(everyoneInListRule, "a name from `people` or `groups`", {
    description: "A name from `people` or `groups`.",
  }),
  "a list of names from `people` and `groups`, such as [alice]",
);

const branchList = list(
  text(refRule("branch"), "the name of a branch", {
    description: "A branch without `refs/heads/`, or the beginning of one followed by `*`.",
    pattern: refPattern,
  }),
  "a list of branches, such as [main]",
);

const tagList = list(
  text(refRule("tag"), "the name of a tag", {
    description: "A git tag without `refs/tags/`, or the beginning of one followed by `*`.",
    pattern: refPattern,
  }),
  "a list of git tags, such as [v*]",
);

const policyArn = text(policyArnRule, "the ARN of a managed policy", {
  description: "ARN of a managed policy: AWS's own or one of the role's account.",
  pattern: policyArnPattern,
});

const tokensWithoutOriginFlag = z
  .boolean({ error: "true or false" })
  .meta({
    description:
      "`true`: tokens that name no repository may assume the role too: V1 tokens (`CIRCLE_OIDC_TOKEN`), and both tokens of jobs that a custom webhook started. Every job has a V1 token, so this lets in any repository's code, a fork's too, if the project passes secrets to forked pull requests. Only beside `branches: any`.",
    default: false,
  })
  .optional();

/**
 * What one role says in the file. Rules that need more than one key, or the account, are in
 * checks/.
 */
export const roleSchema = strictMap(
  {
    people: z
      .union([z.literal("everyone"), peopleList], { error: "everyone, or a list of names such as [alice]" })
      .meta({
        description:
          "Who may assume the role: a list of names from `people` and `groups`, or `everyone`, which is whoever can start a pipeline of the project.",
      })
      .optional(),
    branches: z
      .union([z.literal("any"), branchList], { error: "any, or a list of branches such as [main]" })
      .meta({
        description:
          "From which branches: a list of names, or of beginnings that end in `*`, or `any`, which is every ref of the project's repository. Tokens that name another repository, such as a fork, are refused, and so are tokens that name none (see `tokensWithoutOrigin`).",
      })
      .optional(),
    tags: tagList
      .meta({
        description:
          "From which git tags: a list of names, or of beginnings that end in `*`. Not beside `branches: any`.",
      })
      .optional(),
    tokensWithoutOrigin: tokensWithoutOriginFlag,
    trust: documentFile(
      "A file with the role's trust policy, kept as it stands. Beside `people` and refs it must let in exactly those; without them the policy is hand-written, and nobody proves what it lets in.",
    ).optional(),
    account: text(keyRule("account"), "a key of `accounts`", {
      description: "The account the role lives in, a key of `accounts`. Needed when there are several.",
      pattern: keyPattern,
    }).optional(),
    session: wholeNumber(sessionViolation, "whole seconds, 3600-43200", {
      description: "Longest session in seconds.",
      minimum: shortestSession,
      maximum: longestSession,
      default: defaultSession,
    }).optional(),
    policies: list(policyArn, "a list of ARNs")
      .meta({ description: "Managed policies the role gets." })
      .optional(),
    statements: list(statementSchema, "a list of IAM statements")
      .meta({ description: "Statements of the role's own policy." })
      .optional(),
    inlinePolicies: namedMap(
      documentFile("A file with the policy, kept as it stands."),
      "a map from the policy's name to its file",
      {
        description: "Inline policies of the role beside those that are written from this file.",
        keyPattern: inlinePolicyNamePattern,
      },
    ).optional(),
    permissionsBoundary: text(policyArnRule, "the ARN of a managed policy", {
      description: "ARN of the managed policy that bounds what the role can ever do.",
      pattern: policyArnPattern,
    }).optional(),
    terraform: z
      .enum(["plan", "apply"], { error: "plan or apply" })
      .meta({
        description:
          "The role runs Terraform on all that this file has in its account: `plan` reads it, `apply` changes it within a permissions boundary. Its policies are computed from the file.",
      })
      .optional(),
    name: text(roleNameRule, "the IAM role's name", {
      description:
        "The IAM role's name; `<project>-<role>` unless given. Unique in the account without regard to case.",
      pattern: roleNamePattern,
    }).optional(),
    path: text(pathRule, "an IAM path such as /deploy/", {
      description: "The IAM role's path; `/` unless given.",
      pattern: pathPattern,
    }).optional(),
    description: text(descriptionRule, "text", {
      description: "The IAM role's description; empty for none.",
      pattern: descriptionPattern,
    }).optional(),
    awsTags: awsTags("Tags of the role and its bucket in AWS, beside those that this project sets."),
    defaultTags: defaultTagsFlag,
    protect: protectFlag,
    bucket: z
      .union([bucketName, bucketSchema], { error: "a bucket's name, or a map with the key name" })
      .meta({
        description:
          "A private bucket for the role: it may list it and read, write and delete objects in it.",
      })
      .optional(),
    pipeline: rolePipelineSchema.optional(),
  },
  "a role",
).meta({
  description: "One IAM role: who may assume it, from which refs, and what it may do.",
  anyOf: [
    { required: ["people"], anyOf: [{ required: ["branches"] }, { required: ["tags"] }] },
    {
      required: ["trust"],
      not: {
        anyOf: ["people", "branches", "tags", "terraform", "pipeline", "tokensWithoutOrigin"].map((key) => ({
          required: [key],
        })),
      },
    },
  ],
  not: {
    anyOf: [
      { properties: { branches: { const: "any" } }, required: ["branches", "tags"] },
      {
        properties: { tokensWithoutOrigin: { const: true } },
        required: ["tokensWithoutOrigin"],
        not: { properties: { branches: { const: "any" } }, required: ["branches"] },
      },
    ],
  },
});
