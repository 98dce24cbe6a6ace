/**
 * The JSON of a plan of so many resources, as Terraform writes it: prior state, planned values and configuration too, which hold everything again.
 * Of ten resources one is created, one is updated in its policy, one in a tag, one drifted; the others have nothing to do. A few passwords are sensitive.
 * @param resources 1 or more; 10,000 are about 33 MB
 */
export function generatePlan(resources: number): string {
  const changes = [...Array(resources).keys()].map(resourceOf);
  const drifted = changes.filter((_, index) => index % 10 === 3);
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: { resources: changes.map((one) => stateOf(one, one.change.after)) } },
    resource_drift: drifted.map((one) => ({
      ...one,
      change: {
        ...one.change,
        actions: ["update"],
        before: { ...one.change.before, tags: { team: "somebody" } },
      },
    })),
    resource_changes: changes,
    output_changes: {},
    prior_state: {
      format_version: "1.0",
      values: { root_module: { resources: changes.map((one) => stateOf(one, one.change.before)) } },
    },
    configuration: {
      root_module: {
        resources: changes.map(({ address, type, name }) => ({
          ...{ address, mode: "managed", type, name, provider_config_key: "aws", schema_version: 0 },
          expressions: { tags: { constant_value: { team: "web" } } },
        })),
      },
    },
    applyable: true,
    complete: true,
    errored: false,
  });
}

function resourceOf(index: number) {
  const type = ["aws_iam_policy", "aws_s3_bucket", "aws_iam_role", "aws_db_instance"][index % 4] ?? "";
  const before = valuesOf(type, index);
  const kind = index % 10;
  const after =
    kind === 1
      ? { ...before, policy: policyOf(index, ["s3:PutObject"]) }
      : kind === 2
        ? { ...before, tags: { team: "web", stage: "production" } }
        : before;
  const actions = kind === 0 ? ["create"] : before === after ? ["no-op"] : ["update"];
  const name = `part_${index}`;
  return {
    ...{ address: `${type}.${name}`, mode: "managed", type, name },
    provider_name: "registry.terraform.io/hashicorp/aws",
    change: {
      actions,
      before: kind === 0 ? null : before,
      after,
      after_unknown: kind === 0 ? { arn: true, id: true } : {},
      before_sensitive: kind === 0 ? false : sensitiveIn(type),
      after_sensitive: sensitiveIn(type),
    },
  };
}

function sensitiveIn(type: string): object {
  return { tags: {}, tags_all: {}, ...(type === "aws_db_instance" ? { password: true } : {}) };
}

function stateOf({ change: _, ...resource }: ReturnType<typeof resourceOf>, values: object | null) {
  return { ...resource, schema_version: 0, values, sensitive_values: sensitiveIn(resource.type) };
}

function valuesOf(type: string, index: number) {
  return {
    arn: `arn:aws:example::123456789012:thing/part-${index}`,
    id: `part-${index}`,
    name: `part-${index}`,
    description: "One part of many, with a sentence about what it is for and who looks after it.",
    policy: policyOf(index, []),
    rule: [{ id: "old", status: "Enabled", filter: [{ prefix: "logs/" }], expiration: [{ days: 30 }] }],
    tags: { team: "web", stage: "test" },
    tags_all: { team: "web", stage: "test", owner: "platform" },
    ...(type === "aws_db_instance" ? { password: `Kq7-${index}-zT3!wq` } : {}),
  };
}

function policyOf(index: number, more: readonly string[]): string {
  return JSON.stringify({
    Statement: [
      {
        Action: ["s3:GetObject", ...more],
        Effect: "Allow",
        Resource: `arn:aws:s3:::bucket-${index}/*`,
        Sid: "Read",
      },
      { Action: "s3:ListBucket", Effect: "Allow", Resource: `arn:aws:s3:::bucket-${index}`, Sid: "List" },
    ],
    Version: "2012-10-17",
  });
}
