import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  DeleteRolePolicyCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { aliceOnMain, BOB, everything, readSite, role, subject, trust, withAws, writeSite } from "../pieces";
import type { Blocks, Scenario } from "../scenario";

const deploy = { RoleName: "website-deploy" };

const plain = withAws({
  resource: {
    aws_iam_role: { deploy: role("website-deploy"), preview: role("website-preview") },
    aws_iam_role_policy: {
      site: { name: "site", role: "${aws_iam_role.deploy.name}", policy: writeSite },
      preview: { name: "site", role: "${aws_iam_role.preview.name}", policy: readSite },
    },
  },
});

/** The same, and nothing else may be in the deploy role or attached to it. */
const exclusive = withExclusive("aws_iam_role.deploy");

function withExclusive(address: string): Blocks {
  const role_name = `\${${address}.name}`;
  const { resource, ...more } = plain;
  return {
    ...more,
    resource: {
      ...(resource as Blocks),
      aws_iam_role_policies_exclusive: {
        deploy: { role_name, policy_names: ["${aws_iam_role_policy.site.name}"] },
      },
      aws_iam_role_policy_attachments_exclusive: { deploy: { role_name, policy_arns: [] } },
    },
  };
}

/** Policies attached and written by hand, with and without an exclusive resource. */
export const backDoor: Scenario = {
  name: "back-door",
  steps: [
    { apply: plain },
    {
      byHand: async ({ iam }) => {
        await iam.send(new CreatePolicyCommand({ PolicyName: "administrator", PolicyDocument: everything }));
        const PolicyArn = "arn:aws:iam::123456789012:policy/administrator";
        await iam.send(new AttachRolePolicyCommand({ ...deploy, PolicyArn }));
        const PolicyName = "back-door";
        await iam.send(new PutRolePolicyCommand({ ...deploy, PolicyName, PolicyDocument: everything }));
      },
    },
    { plan: "drift-no-changes", of: plain },
    { plan: "drift-refresh-only", of: plain, args: ["-refresh-only"] },
    { plan: "drift-exclusive-created", of: exclusive },
    { apply: exclusive },
    {
      byHand: ({ iam }) =>
        iam.send(
          new PutRolePolicyCommand({ ...deploy, PolicyName: "back-door", PolicyDocument: everything }),
        ),
    },
    { plan: "drift-undone", of: exclusive },
    { plan: "exclusive-removed", of: plain },
  ],
};

/** Declared resources that are changed or removed by hand: Terraform restores them. */
export const changedByHand: Scenario = {
  name: "changed-by-hand",
  steps: [
    { apply: plain },
    {
      byHand: async ({ iam }) => {
        const PolicyDocument = trust([aliceOnMain, subject(BOB, "refs/heads/main")]);
        await iam.send(new UpdateAssumeRolePolicyCommand({ ...deploy, PolicyDocument }));
        await iam.send(new DeleteRolePolicyCommand({ RoleName: "website-preview", PolicyName: "site" }));
      },
    },
    { plan: "drift-reverted", of: plain },
    { plan: "drift-refresh-only-deleted", of: plain, args: ["-refresh-only"] },
  ],
};
