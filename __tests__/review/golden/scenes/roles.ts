import {
  ALICE,
  ANY_USER,
  aliceOnMain,
  allow,
  BOB,
  everything,
  ISSUER,
  ORGANIZATION,
  PROVIDER_ARN,
  policy,
  readSite,
  role,
  subject,
  trust,
  withAws,
  writeSite,
} from "../pieces";
import type { Blocks, Scene } from "../scene";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const s3Only = policy(allow("s3:*", "*"));

const deploy = role("website-deploy", { permissions_boundary: "${aws_iam_policy.boundary.arn}" });
const legacy = role("website-legacy", { inline_policy: [{ name: "site", policy: readSite }] });
const policies = {
  boundary: { name: "boundary", policy: s3Only },
  site: { name: "site", path: "/website/", policy: readSite },
};
const attached = { role: "${aws_iam_role.deploy.name}", policy_arn: "${aws_iam_policy.site.arn}" };
const inline = { name: "inline", role: "${aws_iam_role.deploy.name}", policy: writeSite };
const standing: Blocks = {
  aws_iam_role: { deploy, legacy },
  aws_iam_policy: policies,
  aws_iam_role_policy: { inline },
  aws_iam_role_policy_attachment: { site: attached },
};

function config(more: Blocks = {}): Blocks {
  return withAws({ resource: { ...standing, ...more } });
}

function withDeploy(more: Blocks): Blocks {
  return config({ aws_iam_role: { deploy: { ...deploy, ...more }, legacy } });
}

function withLegacy(more: Blocks): Blocks {
  return config({ aws_iam_role: { deploy, legacy: { ...legacy, ...more } } });
}

const { permissions_boundary: _, ...unbounded } = deploy;

/** The same tokens in other words: keys in another order, lists of one, an operator with the same meaning for a text without wildcards. */
const reworded = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Deploy",
      Condition: {
        StringEquals: { [`${ISSUER}:sub`]: [aliceOnMain, aliceOnMain], [`${ISSUER}:aud`]: [ORGANIZATION] },
      },
      Action: ["sts:AssumeRoleWithWebIdentity"],
      Principal: { Federated: [PROVIDER_ARN] },
      Effect: "Allow",
    },
  ],
});

function withTrust(...subjects: readonly string[]): Blocks {
  return withDeploy({ assume_role_policy: trust(subjects) });
}

/** Who may take a role on, and what it may do. */
export const roles: Scene = {
  name: "roles",
  steps: [
    { apply: config() },
    { plan: "trust-branch-widened", of: withTrust(subject(ALICE, "refs/heads/*")) },
    { plan: "trust-person-added", of: withTrust(aliceOnMain, subject(BOB, "refs/heads/main")) },
    { plan: "trust-person-exchanged", of: withTrust(subject(BOB, "refs/heads/main")) },
    { plan: "trust-everyone", of: withTrust(subject(ANY_USER, "refs/heads/main")) },
    { plan: "trust-reworded", of: withDeploy({ assume_role_policy: reworded }) },
    {
      plan: "inline-policy-widened",
      of: config({ aws_iam_role_policy: { inline: { ...inline, policy: everything } } }),
    },
    {
      plan: "inline-policy-in-role-widened",
      of: withLegacy({ inline_policy: [{ name: "site", policy: writeSite }] }),
    },
    {
      plan: "inline-policy-in-role-removed",
      of: withLegacy({ inline_policy: [{}] }),
    },
    {
      plan: "managed-policy-widened",
      of: config({ aws_iam_policy: { ...policies, site: { ...policies.site, policy: writeSite } } }),
    },
    {
      plan: "managed-policy-attached",
      of: config({
        aws_iam_role_policy_attachment: {
          site: attached,
          boundary: { ...attached, policy_arn: "${aws_iam_policy.boundary.arn}" },
        },
      }),
    },
    {
      plan: "aws-managed-policy-attached",
      of: config({
        aws_iam_role_policy_attachment: { site: attached, admin: { ...attached, policy_arn: ADMINISTRATOR } },
      }),
    },
    {
      plan: "aws-managed-policy-in-role",
      of: withLegacy({ managed_policy_arns: [ADMINISTRATOR] }),
    },
    { plan: "attachment-removed", of: config({ aws_iam_role_policy_attachment: undefined }) },
    { plan: "boundary-removed", of: config({ aws_iam_role: { deploy: unbounded, legacy } }) },
    {
      plan: "boundary-widened",
      of: config({ aws_iam_policy: { ...policies, boundary: { ...policies.boundary, policy: everything } } }),
    },
    { plan: "session-raised", of: withDeploy({ max_session_duration: 43_200 }) },
  ],
};
