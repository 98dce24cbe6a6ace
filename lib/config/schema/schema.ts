import { z } from "zod";
import { oidc } from "../../command-name";
import { policyArnPattern, policyArnRule } from "../rules/arn";
import {
  defaultTrustPolicyQuota,
  largestTrustPolicyQuota,
  trustPolicyQuotaViolation,
} from "../rules/iam-role";
import { accountIdPattern, accountIdRule, keyPattern, keyRule, memberPattern } from "../rules/names";
import { DEFAULT_AWS_PROVIDER, providerVersionPattern, providerVersionRule } from "../rules/provider-version";
import { regionPattern, regionRule } from "../rules/region";
import { repositoryPattern, repositoryRule } from "../rules/repository";
import { servicePattern, serviceRule } from "../rules/statement";
import { awsTags, projectBucketSchema } from "./bucket-schema";
import { groupSchema, periodKeys } from "./member-schema";
import { audience, organizationSchema, organizationsSchema, uuid } from "./organization-schema";
import { projectPipelineSchema } from "./pipeline-schema";
import { defaultTagsFlag, protectFlag } from "./resource-options";
import { roleSchema } from "./role-schema";
import { list, namedMap, strictMap, text, wholeNumber } from "./schema-parts";
import { stateSchema } from "./state-schema";

const providerSchema = strictMap(
  {
    audiences: list(audience("An audience."), "a list of audiences")
      .meta({
        description: "Audiences that the provider accepts in addition to those of the roles in this file.",
      })
      .optional(),
    awsTags: awsTags("Tags of the provider in AWS, in addition to those that this project sets."),
    defaultTags: defaultTagsFlag,
    protect: protectFlag,
  },
  "an OIDC provider",
).meta({ description: "Settings of the account's OIDC provider, for one that existed before this file." });

const accountSchema = strictMap(
  {
    id: text(accountIdRule, "12 digits in quotes", {
      description:
        "The AWS account ID: 12 digits in quotes. Without quotes, YAML reads a number and drops leading zeros.",
      pattern: accountIdPattern,
      examples: ["123456789012"],
    }),
    region: text(regionRule, "the name of a region, such as us-east-1", {
      description: "The region of the account's buckets.",
      pattern: regionPattern,
      examples: ["us-east-1", "eu-central-1"],
    }),
    trustPolicyQuota: wholeNumber(trustPolicyQuotaViolation, "whole characters, 2048-8192", {
      description: 'The account\'s IAM quota "Role trust policy length" in characters, if it was raised.',
      minimum: defaultTrustPolicyQuota,
      maximum: largestTrustPolicyQuota,
      default: defaultTrustPolicyQuota,
    }).optional(),
    permissionsBoundary: text(policyArnRule, "the ARN of a managed policy", {
      description:
        "ARN of your own managed policy that is the permissions boundary of every role in the account. Exceptions: roles with their own boundary, and roles that run Terraform.",
      pattern: policyArnPattern,
    }).optional(),
    provider: providerSchema.optional(),
    state: stateSchema,
  },
  "an account",
).meta({ description: "One AWS account." });

const projectSchema = strictMap(
  {
    id: uuid("The project's ID", "CircleCI → Project Settings → Overview").optional(),
    repository: text(repositoryRule, "host/owner/name, such as github.com/acme/website", {
      description:
        "The project's repository as `host/owner/name`, exactly as CircleCI writes it into tokens. Tokens of another repository, such as a fork, are denied.",
      pattern: repositoryPattern,
      examples: ["github.com/acme/website"],
    }).optional(),
    organization: text(keyRule("organization"), "a name from `organizations`", {
      description:
        "The organization that the project belongs to: a name from `organizations`. Required if there are several and none is the default.",
      pattern: keyPattern,
    }).optional(),
    audience: audience(
      "The `aud` claim of this project's tokens. Default: the organization's audience.",
    ).optional(),
    ...periodKeys("the grants of the project's roles"),
    pipeline: projectPipelineSchema.optional(),
    roles: namedMap(roleSchema, "a map from role name to role", {
      description: "The project's IAM roles.",
      keyPattern,
    }),
    buckets: namedMap(projectBucketSchema, "a map from bucket key to bucket", {
      description:
        "Buckets of the project that are not the bucket of a role, such as those that existed before this file.",
      keyPattern,
    }).optional(),
  },
  "a project",
).meta({ description: "One CircleCI project and its roles." });

const terraformSchema = strictMap(
  {
    awsProvider: text(providerVersionRule, 'a version of the AWS provider in quotes, such as "5.100.0"', {
      description: `The version of the AWS provider: exact, or a range for \`required_providers\` from 5.100.0 on and below 7.0.0. Default: ${DEFAULT_AWS_PROVIDER}.`,
      pattern: providerVersionPattern,
      examples: [DEFAULT_AWS_PROVIDER, "6.25.0", "~> 6.25"],
    }).optional(),
  },
  "settings of Terraform",
).meta({ description: "How Terraform runs for all stacks." });

/** The content of access.yaml. cli/schema.ts generates the JSON schema for editors from it. */
export const accessSchema = strictMap(
  {
    organization: organizationSchema.optional(),
    organizations: organizationsSchema.optional(),
    accounts: namedMap(accountSchema, "a map from account name to account", {
      description: "The AWS accounts, by names that you choose.",
      keyPattern,
    }),
    people: namedMap(
      uuid("The person's CircleCI user ID", `\`${oidc("ids")}\``),
      "a map from name to user ID",
      {
        description:
          "The people that roles and groups refer to, with their CircleCI user IDs. An entry here does not grant anything.",
        keyPattern: memberPattern,
      },
    ),
    groups: namedMap(groupSchema, "a map from group name to a list of people", {
      description: "Named lists of people.",
      keyPattern: memberPattern,
    }).optional(),
    projects: namedMap(projectSchema, "a map from project name to project; {} for none", {
      description: "The CircleCI projects. `{}` means none, so nothing is granted.",
      keyPattern,
      mayBeEmpty: true,
    }),
    terraform: terraformSchema.optional(),
    knownServices: list(
      text(serviceRule, "the IAM prefix of a service", {
        description: "The IAM prefix of a service, such as `s3`.",
        pattern: servicePattern,
      }),
      "a list of services, such as [s3]",
    )
      .meta({
        description:
          "Services whose actions in `statements` are not checked, because they are newer than the list of actions of this project.",
      })
      .optional(),
  },
  "the file's content",
).meta({
  oneOf: [{ required: ["organization"] }, { required: ["organizations"] }],
  title: "access.yaml",
  description: "Who may assume which AWS role from CircleCI, and from which refs.",
});

/** The content of access.yaml after all checks have passed. */
export type AccessFile = z.infer<typeof accessSchema>;
export type ProjectEntry = AccessFile["projects"][string];
export type RoleEntry = ProjectEntry["roles"][string];

/** Stays the same in every version: the address of the published file. */
const SCHEMA_ID = "https://unpkg.com/cdktf-circleci-oidc/access.schema.json";

/** The JSON schema for editors: draft-07, which the YAML language server supports best. */
export function accessJsonSchema(): string {
  const schema = z.toJSONSchema(accessSchema, { target: "draft-7", io: "input" });
  const { $schema, ...rest } = schema;
  return `${JSON.stringify({ $schema, $id: SCHEMA_ID, ...rest }, null, 2)}\n`;
}
