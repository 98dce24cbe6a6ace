import { withAws } from "../pieces";
import type { Blocks, Scenario } from "../scenario";

/** Without the AWS provider: outputs, and a resource of Terraform's own. */
function config(output: Blocks, input = "1"): Blocks {
  return { resource: { terraform_data: { release: { input } } }, output };
}

const before = {
  kept: { value: "same" },
  changed: { value: "before" },
  removed: { value: ["gone"] },
  hidden: { value: "SECRET-output-do-not-show", sensitive: true },
  shown: { value: "SECRET-once-hidden-do-not-show", sensitive: true },
};
const after = {
  kept: { value: "same" },
  changed: { value: "after" },
  added: { value: { url: "https://example.com", ports: [80, 443] } },
  hidden: { value: "SECRET-new-output-do-not-show", sensitive: true },
  shown: { value: "no secret" },
  later: { value: "${terraform_data.release.output}" },
};

export const outputs: Scenario = {
  name: "outputs",
  steps: [
    { apply: config(before) },
    { plan: "outputs-only", of: config({ ...after, later: { value: "${terraform_data.release.id}" } }) },
    { plan: "outputs-unknown", of: config(after, "2") },
  ],
};

const regional = (region: string) => ({ bucket: `acme-website-${region}`, tags: { region } });

/** Two regions of AWS, and Terraform's own provider. */
export const providers: Scenario = {
  name: "providers",
  steps: [
    {
      plan: "several-providers",
      of: withAws({
        provider: {
          aws: [
            { region: "us-east-1" },
            {
              alias: "ireland",
              region: "eu-west-1",
              default_tags: { tags: { managed_by: "terraform" } },
            },
          ],
        },
        resource: {
          aws_s3_bucket: {
            here: regional("us-east-1"),
            there: { provider: "aws.ireland", ...regional("eu-west-1") },
          },
          terraform_data: { release: { input: "${aws_s3_bucket.there.bucket}" } },
        },
      }),
    },
  ],
};
