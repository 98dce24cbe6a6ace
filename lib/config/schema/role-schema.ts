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
import { keyPattern, keyRule } from "../rules/names";
import { awsTags, bucketName, bucketSchema } from "./bucket-schema";
import { deploysSchema } from "./deploys-schema";
import { memberList, periodKeys } from "./member-schema";
import { rolePipelineSchema } from "./pipeline-schema";
import { defaultTagsFlag, documentFile, protectFlag } from "./resource-options";
import { list, namedMap, strictMap, text, wholeNumber } from "./schema-parts";
import { statementSchema } from "./statement-schema";

export const defaultSession = shortestSession;

const peopleList = memberList(
  "a name from `people` or `groups`",
  "a list of names from `people` and `groups`, such as [alice]",
);

const branchList = list(
  text(refRule("branch"), "a branch", {
    description:
      "A branch without `refs/heads/`, such as `main`, or a prefix that ends in `*`, such as `release/*`.",
    pattern: refPattern,
  }),
  "a list of branches, such as [main]",
);

const tagList = list(
  text(refRule("tag"), "a git tag", {
    description:
      "A git tag without `refs/tags/`, such as `v1.2`, or a prefix that ends in `*`, such as `v*`.",
    pattern: refPattern,
  }),
  "a list of git tags, such as [v*]",
);

const policyArn = text(policyArnRule, "the ARN of a managed policy", {
  description: "ARN of an AWS managed policy, or of a managed policy of the role's account.",
  pattern: policyArnPattern,
});

const tokensWithoutOriginFlag = z
  .boolean({ error: "true or false" })
  .meta({
    description:
      "`true`: tokens that name no repository may assume the role too. These are V1 tokens (`CIRCLE_OIDC_TOKEN`), and both tokens of jobs that a custom webhook started. Every job has a V1 token. If the project passes secrets to forked pull requests, code of any repository may assume the role. Requires `branches: any`.",
    default: false,
  })
  .optional();

/** One role of the file. Rules across keys, or about the account, are in checks/. */
export const roleSchema = strictMap(
  {
    people: z
      .union([z.literal("everyone"), peopleList], { error: "everyone, or a list of names such as [alice]" })
      .meta({
        description:
          "Who may assume the role: a list of names from `people` and `groups`; or `everyone`, which means everyone who can start a pipeline of the project.",
      })
      .optional(),
    branches: z
      .union([z.literal("any"), branchList], { error: "any, or a list of branches such as [main]" })
      .meta({
        description:
          "The branches from which the role may be assumed: a list of names and of prefixes that end in `*`; or `any`, which means every ref of the project's repository. Tokens of another repository, such as a fork, are denied. Tokens that name no repository are denied unless `tokensWithoutOrigin` is `true`.",
      })
      .optional(),
    tags: tagList
      .meta({
        description:
          "The git tags from which the role may be assumed: a list of names and of prefixes that end in `*`. Not allowed with `branches: any`.",
      })
      .optional(),
    tokensWithoutOrigin: tokensWithoutOriginFlag,
    ...periodKeys("the role's grant"),
    trust: documentFile(
      "A file with the role's trust policy, which is used unchanged. With `people` and refs, it is proven that the policy accepts exactly their tokens. Without them, the policy is hand-written and is not proven.",
    ).optional(),
    account: text(keyRule("account"), "a key of `accounts`", {
      description: "The role's account, a key of `accounts`. Required if there are several.",
      pattern: keyPattern,
    }).optional(),
    session: wholeNumber(sessionViolation, "whole seconds, 3600-43200", {
      description: "Maximum session duration in seconds.",
      minimum: shortestSession,
      maximum: longestSession,
      default: defaultSession,
    }).optional(),
    policies: list(policyArn, "a list of ARNs")
      .meta({ description: "Managed policies that are attached to the role." })
      .optional(),
    statements: list(statementSchema, "a list of IAM statements")
      .meta({ description: "IAM statements of the role's permissions policy." })
      .optional(),
    inlinePolicies: namedMap(
      documentFile("A file with the policy, which is used unchanged."),
      "a map from the policy's name to its file",
      {
        description: "Inline policies of the role, in addition to those that are written from this file.",
        keyPattern: inlinePolicyNamePattern,
      },
    ).optional(),
    permissionsBoundary: text(policyArnRule, "the ARN of a managed policy", {
      description: "ARN of the managed policy that is the role's permissions boundary.",
      pattern: policyArnPattern,
    }).optional(),
    terraform: z
      .enum(["plan", "apply", "watch"], { error: "plan, apply or watch" })
      .meta({
        description:
          "The role runs Terraform on everything that this file declares in its account: `plan` reads it, `apply` changes it within a permissions boundary. `watch` compares the account with this file on a schedule. The role's policies are computed from the file.",
      })
      .optional(),
    name: text(roleNameRule, "an IAM role name", {
      description:
        "The IAM role's name. Default: `<project>-<role>`. Unique in the account without regard to case.",
      pattern: roleNamePattern,
    }).optional(),
    path: text(pathRule, "an IAM path such as /deploy/", {
      description: "The IAM role's path. Default: `/`.",
      pattern: pathPattern,
    }).optional(),
    description: text(descriptionRule, "text", {
      description: "The IAM role's description. An empty text means no description.",
      pattern: descriptionPattern,
    }).optional(),
    awsTags: awsTags("Tags of the role and its bucket in AWS, in addition to those that this project sets."),
    defaultTags: defaultTagsFlag,
    protect: protectFlag,
    bucket: z
      .union([bucketName, bucketSchema], { error: "a bucket name, or a map with the key name" })
      .meta({
        description: "A private bucket. The role may list it, and read, write and delete its objects.",
      })
      .optional(),
    deploys: deploysSchema.optional(),
    pipeline: rolePipelineSchema.optional(),
  },
  "a role",
).meta({
  description: "One IAM role: who may assume it, from which refs, and its permissions.",
  anyOf: [
    { required: ["people"], anyOf: [{ required: ["branches"] }, { required: ["tags"] }] },
    {
      required: ["trust"],
      not: {
        anyOf: [
          "people",
          "branches",
          "tags",
          "terraform",
          "pipeline",
          "tokensWithoutOrigin",
          "from",
          "until",
        ].map((key) => ({
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
