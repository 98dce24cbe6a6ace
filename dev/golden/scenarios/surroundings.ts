import { allow, ISSUER, ORGANIZATION, policy, role, withAws } from "../pieces";
import type { Blocks, Scenario } from "../scenario";

const audienceAdded = "sts.amazonaws.com";
const provider = { url: `https://${ISSUER}`, client_id_list: [ORGANIZATION] };
const block = {
  bucket: "${aws_s3_bucket.site.bucket}",
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};
const tlsOnly = {
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::acme-website", "arn:aws:s3:::acme-website/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const anyoneReads = { ...allow("s3:GetObject", "arn:aws:s3:::acme-website/*"), Principal: "*" };
const bucketPolicy = { bucket: "${aws_s3_bucket.site.bucket}", policy: policy(tlsOnly) };
const standing: Blocks = {
  aws_iam_openid_connect_provider: { circleci: provider },
  aws_iam_role: { deploy: role("website-deploy") },
  aws_s3_bucket: { site: { bucket: "acme-website" } },
  aws_s3_bucket_policy: { site: bucketPolicy },
  aws_s3_bucket_public_access_block: { site: block },
};

function config(more: Blocks = {}): Blocks {
  return withAws({ resource: { ...standing, ...more } });
}

function withPolicy(...statements: readonly object[]): Blocks {
  return config({ aws_s3_bucket_policy: { site: { ...bucketPolicy, policy: policy(...statements) } } });
}

function withProvider(more: Blocks): Blocks {
  return config({ aws_iam_openid_connect_provider: { circleci: { ...provider, ...more } } });
}

/** What decides beside the roles: the provider, and the bucket's own settings. */
export const surroundings: Scenario = {
  name: "surroundings",
  steps: [
    { apply: config() },
    { plan: "provider-audience-added", of: withProvider({ client_id_list: [ORGANIZATION, audienceAdded] }) },
    { plan: "provider-replaced", of: withProvider({ url: "https://oidc.circleci.com" }) },
    { plan: "bucket-policy-opened", of: withPolicy(tlsOnly, anyoneReads) },
    { plan: "bucket-policy-exchanged", of: withPolicy(anyoneReads) },
    { plan: "bucket-policy-removed", of: config({ aws_s3_bucket_policy: undefined }) },
    {
      plan: "public-access-block-loosened",
      of: config({
        aws_s3_bucket_public_access_block: {
          site: { ...block, block_public_policy: false, restrict_public_buckets: false },
        },
      }),
    },
    { plan: "public-access-block-removed", of: config({ aws_s3_bucket_public_access_block: undefined }) },
  ],
};
