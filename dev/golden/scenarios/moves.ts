import { BOB, role, subject, trust, withAws } from "../pieces";
import type { Blocks, Scenario } from "../scenario";

function config(name: string, more: Blocks, blocks: Blocks = {}): Blocks {
  return withAws({ resource: { aws_iam_role: { [name]: role("website-deploy", more) } }, ...blocks });
}

const moved = [{ from: "aws_iam_role.deploy", to: "aws_iam_role.publish" }];

/** A resource under another address, and one that Terraform forgets. */
export const moves: Scenario = {
  name: "moves",
  modules: { "modules/deploy-role": { resource: { aws_iam_role: { this: role("website-deploy") } } } },
  steps: [
    { apply: config("deploy", {}) },
    { plan: "moved", of: config("publish", {}, { moved }) },
    {
      plan: "moved-and-updated",
      of: config("publish", { assume_role_policy: trust([subject(BOB, "refs/heads/main")]) }, { moved }),
    },
    { plan: "moved-and-replaced", of: config("publish", { name: "website-publish" }, { moved }) },
    {
      plan: "moved-into-module",
      of: withAws({
        module: { deploy: { source: "./modules/deploy-role" } },
        moved: [{ from: "aws_iam_role.deploy", to: "module.deploy.aws_iam_role.this" }],
      }),
    },
    {
      plan: "forgotten",
      of: withAws({ removed: [{ from: "aws_iam_role.deploy", lifecycle: { destroy: false } }] }),
    },
  ],
};
