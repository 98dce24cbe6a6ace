import { z } from "zod";
import { type GoldenName, goldenPlan } from "../golden/cases";

/** The resources of a service, taken from the golden plans of Terraform. */
const SERVICE: readonly (readonly [plan: GoldenName, ...addresses: readonly string[]])[] = [
  [
    "inline-policy-widened",
    ...["aws_iam_role.deploy", "aws_iam_role_policy.inline", "aws_iam_policy.site"],
    "aws_iam_role_policy_attachment.site",
  ],
  [
    "bucket-policy-opened",
    ...["aws_s3_bucket.site", "aws_s3_bucket_policy.site", "aws_s3_bucket_public_access_block.site"],
  ],
  [
    "talk-person-added",
    ...["aws_s3_bucket_versioning.deploy_bucket_versioning"],
    "aws_s3_bucket_server_side_encryption_configuration.deploy_bucket_encryption",
  ],
  ["sensitive-update", "aws_ssm_parameter.password"],
];
export const RESOURCES_OF_SERVICE = 10;
/**
 * Resources that the golden plans change: the permissions of the role, the policy of the bucket,
 * and a password.
 */
export const CHANGES_OF_SERVICE = 3;

/** Matches AWS names, addresses, and names on their own, each of a single service. */
const OWN = new RegExp(
  [
    "website-deploy|acme-website|(?<=policy/website/)site|parameter-do-not-show|(?<=parameter/)password",
    "\\baws_[a-z0-9_]+\\.(?:deploy|inline|site|password|deploy_bucket_[a-z]+)\\b",
    '(?<="(?:name|id)":")(?:deploy|inline|site|password|deploy_bucket_[a-z]+)(?=")',
  ].join("|"),
  "g",
);

/**
 * The JSON of a large plan with copies of golden plan resources under new names, including prior
 * state, planned values and configuration. All roles trust the same jobs, like those of one
 * repository.
 * @param services number of services with 10 resources each, one of them with a password. 1,000
 * services are about 30 MB
 * @param changed number of services in which the role's policy becomes broader, the bucket public,
 * and the password changes
 */
export function generatePlan(services: number, changed: number): string {
  const members = SERVICE.flatMap(([plan, ...addresses]) => membersOf(plan, addresses));
  const parts: Parts = { changes: [], planned: [], prior: [], configuration: [] };
  for (let service = 0; service < services; service += 1) {
    const own = (text: string): string => text.replace(OWN, (name) => `${name}-${service}`);
    // Changed services are distributed evenly.
    const isChanged =
      Math.floor(((service + 1) * changed) / services) > Math.floor((service * changed) / services);
    for (const { asFound, asPlanned, configuration } of members) {
      const resource = isChanged ? asPlanned : asFound;
      parts.changes.push(own(resource.change));
      parts.planned.push(own(resource.after));
      parts.prior.push(own(asFound.before));
      parts.configuration.push(own(configuration));
    }
  }
  return printed(parts);
}

interface Parts {
  readonly changes: string[];
  readonly planned: string[];
  readonly prior: string[];
  readonly configuration: string[];
}

/** Resources are texts, because copying replaces names in them. */
function printed({ changes, planned, prior, configuration }: Parts): string {
  const values = (resources: readonly string[]) => `{"root_module":{"resources":[${resources.join()}]}}`;
  const members = [
    '"format_version":"1.2","terraform_version":"1.11.4"',
    `"planned_values":${values(planned)}`,
    `"resource_changes":[${changes.join()}],"output_changes":{}`,
    `"prior_state":{"format_version":"1.0","terraform_version":"1.11.4","values":${values(prior)}}`,
    `"configuration":{"provider_config":{"aws":{"name":"aws"}},"root_module":{"resources":[${configuration.join()}]}}`,
    '"applyable":true,"complete":true,"errored":false',
  ];
  return `{${members.join()}}`;
}

const objectSchema = z.record(z.string(), z.unknown());
const planSchema = z.object({
  resource_changes: z.array(
    z.looseObject({
      address: z.string(),
      change: z.looseObject({
        before: objectSchema,
        after: objectSchema,
        before_sensitive: z.unknown(),
        after_sensitive: z.unknown(),
      }),
    }),
  ),
  configuration: z.object({
    root_module: z.object({ resources: z.array(z.looseObject({ address: z.string() })) }),
  }),
});
type Resource = z.infer<typeof planSchema>["resource_changes"][number];

interface Printed {
  readonly change: string;
  readonly before: string;
  readonly after: string;
}

interface Member {
  /** No-op in the plan. */
  readonly asFound: Printed;
  readonly asPlanned: Printed;
  readonly configuration: string;
}

function membersOf(plan: GoldenName, addresses: readonly string[]): readonly Member[] {
  const { resource_changes: resources, configuration } = planSchema.parse(JSON.parse(goldenPlan(plan)));
  return addresses.map((address) => {
    const resource = resources.find((one) => one.address === address);
    const declared = configuration.root_module.resources.find((one) => one.address === address);
    if (resource === undefined || declared === undefined) throw new Error(`${plan} has no ${address}`);
    const { before, before_sensitive: sensitive } = resource.change;
    const nothing = {
      actions: ["no-op"],
      before,
      after: before,
      after_unknown: {},
      before_sensitive: sensitive,
    };
    return {
      asFound: printedResource({ ...resource, change: { ...nothing, after_sensitive: sensitive } }),
      asPlanned: printedResource(resource),
      configuration: JSON.stringify(declared),
    };
  });
}

function printedResource(resource: Resource): Printed {
  const { change, ...rest } = resource;
  const stateOf = (values: unknown, sensitive: unknown) =>
    JSON.stringify({ ...rest, schema_version: 0, values, sensitive_values: sensitive });
  return {
    change: JSON.stringify(resource),
    before: stateOf(change.before, change.before_sensitive),
    after: stateOf(change.after, change.after_sensitive),
  };
}
