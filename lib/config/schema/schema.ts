import { z } from "zod";
import { policyArnPattern, policyArnRule } from "../rules/arn";
import { bucketNamePattern, bucketNameRule } from "../rules/bucket";
import {
  audiencePattern,
  audienceRule,
  defaultTrustPolicyQuota,
  largestTrustPolicyQuota,
  trustPolicyQuotaViolation,
} from "../rules/iam-role";
import {
  accountIdPattern,
  accountIdRule,
  everyoneInListRule,
  keyPattern,
  memberPattern,
} from "../rules/names";
import { regionPattern, regionRule } from "../rules/region";
import { repositoryPattern, repositoryRule } from "../rules/repository";
import { serverPattern, serverRule } from "../rules/server";
import { uuidPattern, uuidRule } from "../rules/uuid";
import { awsTags, projectBucketSchema } from "./bucket-schema";
import { projectPipelineSchema } from "./pipeline-schema";
import { defaultTagsFlag, protectFlag } from "./resource-options";
import { roleSchema } from "./role-schema";
import { list, namedMap, strictMap, text, wholeNumber } from "./schema-parts";

function uuid(whose: string, where: string) {
  return text(uuidRule(whose, where), "a UUID", {
    description: `${whose}: a UUID in lower case. Find it in ${where}.`,
    pattern: uuidPattern,
  });
}

function audience(description: string) {
  return text(audienceRule, "text", { description, pattern: audiencePattern });
}

const providerSchema = strictMap(
  {
    audiences: list(audience("An audience."), "a list of audiences")
      .meta({
        description: "Audiences that the provider accepts beside those that the file's roles ask for.",
      })
      .optional(),
    awsTags: awsTags("Tags of the provider in AWS, beside those that this project sets."),
    defaultTags: defaultTagsFlag,
    protect: protectFlag,
  },
  "what the provider has beyond what roles ask for",
).meta({ description: "The account's OIDC provider, where it was there before this file." });

const organizationSchema = strictMap(
  {
    id: uuid("The organization's id", "CircleCI → Organization Settings → Overview"),
    audience: audience(
      "The `aud` of its tokens; the organization's id unless CircleCI was told otherwise.",
    ).optional(),
    server: text(serverRule, "a host's name, such as circleci.acme.example", {
      description:
        "The host of your CircleCI Server, which then signs the tokens. Without it: CircleCI's cloud.",
      pattern: serverPattern,
      examples: ["circleci.acme.example"],
    }).optional(),
  },
  "the organization",
).meta({ description: "The CircleCI organization whose tokens are accepted." });

const accountSchema = strictMap(
  {
    id: text(accountIdRule, "12 digits in quotes", {
      description:
        "The AWS account's 12 digits, in quotes: without them YAML reads a number and drops leading zeros.",
      pattern: accountIdPattern,
      examples: ["123456789012"],
    }),
    region: text(regionRule, "the name of a region, such as us-east-1", {
      description: "The region of the account's buckets.",
      pattern: regionPattern,
      examples: ["us-east-1", "eu-central-1"],
    }),
    trustPolicyQuota: wholeNumber(trustPolicyQuotaViolation, "whole characters, 2048-8192", {
      description:
        'The account\'s quota "Role trust policy length" in characters, if it was raised. Larger policies name more people and refs.',
      minimum: defaultTrustPolicyQuota,
      maximum: largestTrustPolicyQuota,
      default: defaultTrustPolicyQuota,
    }).optional(),
    permissionsBoundary: text(policyArnRule, "the ARN of a managed policy", {
      description:
        "ARN of a managed policy of your own that bounds every role of this file in the account, unless a role names another or runs Terraform.",
      pattern: policyArnPattern,
    }).optional(),
    provider: providerSchema.optional(),
    state: strictMap(
      {
        bucket: text(bucketNameRule, "a bucket's name", {
          description: "The bucket that keeps Terraform's state. `npm run bootstrap` creates it.",
          pattern: bucketNamePattern,
        }),
      },
      "a map that names the bucket",
    ).meta({ description: "Where Terraform's state of this account is kept." }),
  },
  "an account",
).meta({ description: "One AWS account." });

const projectSchema = strictMap(
  {
    id: uuid("The project's id", "CircleCI → Project Settings → Overview").optional(),
    repository: text(repositoryRule, "host/owner/name, such as github.com/acme/website", {
      description:
        "The repository as CircleCI writes it in tokens, host/owner/name, letter for letter. Tokens that name another repository, such as a fork, are refused.",
      pattern: repositoryPattern,
      examples: ["github.com/acme/website"],
    }).optional(),
    audience: audience(
      "The `aud` of this project's tokens; the organization's unless CircleCI was told otherwise.",
    ).optional(),
    pipeline: projectPipelineSchema.optional(),
    roles: namedMap(roleSchema, "a map from role name to role", {
      description: "The project's IAM roles.",
      keyPattern,
    }),
    buckets: namedMap(projectBucketSchema, "a map from a name of your own to a bucket", {
      description: "Buckets that belong to no one role, such as those that were there before this file.",
      keyPattern,
    }).optional(),
  },
  "a project",
).meta({ description: "One CircleCI project and its roles." });

/**
 * access.yaml as it is written. What it says about editors' completion is generated from here
 * (cli/schema.ts).
 */
export const accessSchema = strictMap(
  {
    organization: organizationSchema,
    accounts: namedMap(accountSchema, "a map from account name to account", {
      description: "The AWS accounts, by names of your own.",
      keyPattern,
    }),
    people: namedMap(
      uuid("The person's CircleCI user id", "`npm run -s oidc -- ids`"),
      "a map from name to user id",
      {
        description:
          "The people who may be named in roles, with their CircleCI user ids. Being listed here grants nothing.",
        keyPattern: memberPattern,
      },
    ),
    groups: namedMap(
      list(
        text(everyoneInListRule, "a name from `people`", { description: "A name from `people`." }),
        "a list of names from `people`, such as [alice]",
      ),
      "a map from group name to a list of people",
      { description: "Names for several people at once.", keyPattern: memberPattern },
    ).optional(),
    projects: namedMap(projectSchema, "a map from project name to project; {} if there is none yet", {
      description: "The CircleCI projects. `{}` while there is none: then nothing is granted.",
      keyPattern,
      mayBeEmpty: true,
    }),
  },
  "the file's content",
).meta({
  title: "access.yaml",
  description: "Who may do what in AWS from CircleCI, and from where.",
});

/** The file's content once every check has passed. */
export type AccessFile = z.infer<typeof accessSchema>;
export type ProjectEntry = AccessFile["projects"][string];
export type RoleEntry = ProjectEntry["roles"][string];

/**
 * The JSON schema for editors: draft-07, which the YAML language server knows best. Same schema,
 * same text.
 */
export function accessJsonSchema(): string {
  const schema = z.toJSONSchema(accessSchema, { target: "draft-7", io: "input" });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
