import { PutObjectCommand } from "@aws-sdk/client-s3";
import { withAws } from "../pieces";
import type { Blocks, Scenario } from "../scenario";

function config(bucket: string, tags: Blocks = {}): Blocks {
  const site = { bucket, tags, lifecycle: { create_before_destroy: true } };
  return withAws({ resource: { aws_s3_bucket: { site } } });
}

const renamed = config("acme-website-new");

/** The new bucket exists, and the old one could not be destroyed because it is not empty. */
export const deposed: Scenario = {
  name: "deposed",
  steps: [
    { apply: config("acme-website") },
    {
      byHand: ({ s3 }) =>
        s3.send(new PutObjectCommand({ Bucket: "acme-website", Key: "index.html", Body: "hello" })),
    },
    { apply: renamed, fails: true },
    { plan: "deposed", of: renamed },
    { plan: "deposed-and-updated", of: config("acme-website-new", { team: "web" }) },
  ],
};
