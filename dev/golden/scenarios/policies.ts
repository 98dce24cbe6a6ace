import { allow, everything, policy, readSite, role, withAws, writeSite } from "../pieces";
import type { Blocks, Scenario } from "../scenario";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

const site = { name: "site", path: "/website/", policy: readSite };
const attached = { role: "${aws_iam_role.deploy.name}", policy_arn: "${aws_iam_policy.site.arn}" };
const inline = { name: "inline", role: "${aws_iam_role.deploy.name}", policy: writeSite };

function withPolicies(more: Blocks = {}): Blocks {
  const standing = {
    aws_iam_role: { deploy: role("website-deploy") },
    aws_iam_policy: { site, other: { name: "other", policy: everything } },
    aws_iam_role_policy: { inline },
    aws_iam_role_policy_attachment: { site: attached },
  };
  return withAws({ resource: { ...standing, ...more } });
}

/** What a role may do: policies of their own, in it and attached to it. */
export const policies: Scenario = {
  name: "policies",
  steps: [
    { apply: withPolicies() },
    {
      plan: "inline-policy-widened",
      of: withPolicies({ aws_iam_role_policy: { inline: { ...inline, policy: everything } } }),
    },
    {
      plan: "managed-policy-widened",
      of: withPolicies({
        aws_iam_policy: {
          site: { ...site, policy: writeSite },
          other: { name: "other", policy: everything },
        },
      }),
    },
    {
      plan: "managed-policy-attached",
      of: withPolicies({
        aws_iam_role_policy_attachment: {
          site: attached,
          other: { ...attached, policy_arn: "${aws_iam_policy.other.arn}" },
        },
      }),
    },
    {
      plan: "aws-managed-policy-attached",
      of: withPolicies({
        aws_iam_role_policy_attachment: {
          site: attached,
          administrator: { ...attached, policy_arn: ADMINISTRATOR },
        },
      }),
    },
    { plan: "attachment-removed", of: withPolicies({ aws_iam_role_policy_attachment: undefined }) },
  ],
};

function withLegacy(more: Blocks): Blocks {
  const legacy = role("website-legacy", { inline_policy: [{ name: "site", policy: readSite }], ...more });
  return withAws({ resource: { aws_iam_role: { legacy } } });
}

/** The same by the role's own attributes, which the provider advises against. */
export const policiesInRole: Scenario = {
  name: "policies-in-role",
  steps: [
    { apply: withLegacy({}) },
    {
      plan: "inline-policy-in-role-widened",
      of: withLegacy({ inline_policy: [{ name: "site", policy: writeSite }] }),
    },
    { plan: "inline-policy-in-role-removed", of: withLegacy({ inline_policy: [{}] }) },
    { plan: "aws-managed-policy-in-role", of: withLegacy({ managed_policy_arns: [ADMINISTRATOR] }) },
  ],
};

function withBoundary(document: string, more: Blocks): Blocks {
  return withAws({
    resource: {
      aws_iam_role: { deploy: role("website-deploy", more) },
      aws_iam_policy: { boundary: { name: "boundary", policy: document } },
    },
  });
}

const s3Only = policy(allow("s3:*", "*"));
const bounded = { permissions_boundary: "${aws_iam_policy.boundary.arn}" };

/** What a role may do at most. */
export const boundaries: Scenario = {
  name: "boundaries",
  steps: [
    { apply: withBoundary(s3Only, bounded) },
    { plan: "boundary-removed", of: withBoundary(s3Only, {}) },
    { plan: "boundary-widened", of: withBoundary(everything, bounded) },
  ],
};
