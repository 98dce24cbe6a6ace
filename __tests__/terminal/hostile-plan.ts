/** A role whose trust policy changes, with one text in every name. */
export function changed(name: string, trust: object): object {
  const role = (maximum: number) => ({
    name,
    arn: `arn:aws:iam::123456789012:role/${name}`,
    id: name,
    path: "/",
    description: name,
    max_session_duration: maximum,
    assume_role_policy: JSON.stringify(trust),
    tags: { [name]: name },
  });
  return {
    address: `aws_iam_role.${name}`,
    mode: "managed",
    type: "aws_iam_role",
    name,
    provider_name: "registry.terraform.io/hashicorp/aws",
    change: {
      actions: ["update"],
      before: role(3_600),
      after: role(7_200),
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
    },
  };
}

/** The JSON of `terraform show -json`. */
export function planOf(changes: readonly object[]): object {
  return { format_version: "1.2", terraform_version: "1.11.4", resource_changes: changes };
}
