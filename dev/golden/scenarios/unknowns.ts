import { aliceOnMain, ISSUER, ORGANIZATION, PROVIDER_ARN, readSite, role, trust, withAws } from "../pieces";
import type { Blocks, Scenario } from "../scenario";

const provider = { circleci: { url: `https://${ISSUER}`, client_id_list: [ORGANIZATION] } };
const newTrust = trust([aliceOnMain], "${aws_iam_openid_connect_provider.circleci.arn}");
const policies = { site: { name: "site", policy: readSite } };
const attachment = { role: "website-deploy", policy_arn: "${aws_iam_policy.site.arn}" };

/** The trust policy as a data source that reads the provider's ARN. */
const document: Blocks = {
  statement: {
    actions: ["sts:AssumeRoleWithWebIdentity"],
    principals: { type: "Federated", identifiers: ["${aws_iam_openid_connect_provider.circleci.arn}"] },
    condition: { test: "StringLike", variable: `${ISSUER}:sub`, values: [aliceOnMain] },
  },
};
const known: Blocks = {
  statement: {
    ...(document.statement as Blocks),
    principals: { type: "Federated", identifiers: [PROVIDER_ARN] },
  },
};
const fromDocument = role("website-deploy", {
  assume_role_policy: "${data.aws_iam_policy_document.trust.json}",
});
const today = withAws({ resource: { aws_iam_role: { deploy: role("website-deploy") } } });

/** What is known only after apply. */
export const unknowns: Scenario = {
  name: "unknowns",
  steps: [
    {
      plan: "unknown-trust-created",
      of: withAws({
        resource: {
          aws_iam_openid_connect_provider: provider,
          aws_iam_role: { deploy: role("website-deploy", { assume_role_policy: newTrust }) },
        },
      }),
    },
    { apply: today },
    {
      plan: "unknown-trust-updated",
      of: withAws({
        resource: {
          aws_iam_openid_connect_provider: provider,
          aws_iam_role: { deploy: role("website-deploy", { assume_role_policy: newTrust }) },
        },
      }),
    },
    {
      plan: "unknown-attachment",
      of: withAws({
        resource: {
          aws_iam_role: { deploy: role("website-deploy") },
          aws_iam_policy: policies,
          aws_iam_role_policy_attachment: { site: attachment },
          aws_iam_role_policy_attachments_exclusive: {
            deploy: { role_name: "${aws_iam_role.deploy.name}", policy_arns: ["${aws_iam_policy.site.arn}"] },
          },
        },
      }),
    },
    {
      plan: "unknown-boundary",
      of: withAws({
        resource: {
          aws_iam_role: {
            deploy: role("website-deploy", { permissions_boundary: "${aws_iam_policy.site.arn}" }),
          },
          aws_iam_policy: policies,
        },
      }),
    },
    {
      plan: "data-read-at-apply",
      of: withAws({
        data: { aws_iam_policy_document: { trust: document } },
        resource: { aws_iam_openid_connect_provider: provider, aws_iam_role: { deploy: fromDocument } },
      }),
    },
    {
      plan: "data-read-after-dependency",
      of: withAws({
        data: {
          aws_iam_policy_document: {
            trust: { ...known, depends_on: ["aws_iam_openid_connect_provider.circleci"] },
          },
        },
        resource: { aws_iam_openid_connect_provider: provider, aws_iam_role: { deploy: fromDocument } },
      }),
    },
    {
      plan: "data-read-at-plan",
      of: withAws({
        data: { aws_iam_policy_document: { trust: known }, aws_caller_identity: { me: {} } },
        resource: { aws_iam_role: { deploy: fromDocument } },
        output: { account: { value: "${data.aws_caller_identity.me.account_id}" } },
      }),
    },
  ],
};
