import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { aliceOnMain, BOB, role, subject, trust, withAws } from "../pieces";
import type { Blocks, Scenario } from "../scenario";

const description = "Made by hand";

/** An import block for the existing role, and its declared attributes. */
function adopting(more: Blocks): Blocks {
  return withAws({
    import: [{ to: "aws_iam_role.deploy", id: "website-deploy" }],
    resource: { aws_iam_role: { deploy: role("website-deploy", { description, ...more }) } },
  });
}

const elsewhere = { path: "/ci/" };

export const imports: Scenario = {
  name: "imports",
  steps: [
    {
      byHand: ({ iam }) =>
        iam.send(
          new CreateRoleCommand({
            RoleName: "website-deploy",
            AssumeRolePolicyDocument: trust([aliceOnMain]),
            Description: description,
          }),
        ),
    },
    { plan: "import", of: adopting({}) },
    {
      plan: "import-and-update",
      of: adopting({ assume_role_policy: trust([aliceOnMain, subject(BOB, "refs/heads/main")]) }),
    },
    { plan: "import-and-replace", of: adopting(elsewhere) },
    {
      plan: "errored-import-and-replace",
      of: adopting({ ...elsewhere, lifecycle: { prevent_destroy: true } }),
      errored: true,
    },
  ],
};
