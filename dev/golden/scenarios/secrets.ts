import { allow, ISSUER, ORGANIZATION, PROVIDER_ARN, policy, role, withAws } from "../pieces";
import type { Blocks, Scenario } from "../scenario";

const TOKEN = "SECRET-token-do-not-show";
const NEW_TOKEN = "SECRET-new-token-do-not-show";

/** Assuming the role requires the secret, which is in the middle of the text. */
const secretTrust = policy({
  Effect: "Allow",
  Principal: { Federated: PROVIDER_ARN },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: {
    StringEquals: { [`${ISSUER}:aud`]: ORGANIZATION, [`${ISSUER}:sub`]: "${var.token}" },
  },
});
const secretPolicy = policy({
  ...allow("s3:GetObject", "arn:aws:s3:::acme-website/*"),
  Condition: { StringEquals: { "aws:UserAgent": "agent ${var.token}" } },
});

function config(token: string, outputs: Blocks): Blocks {
  return withAws({
    variable: { token: { type: "string", sensitive: true, default: token } },
    resource: {
      aws_iam_role: {
        deploy: role("website-deploy", {
          assume_role_policy: secretTrust,
          tags: { team: "web", token: "${var.token}" },
        }),
      },
      aws_iam_role_policy: {
        site: { name: "site", role: "${aws_iam_role.deploy.name}", policy: secretPolicy },
      },
      aws_iam_user: { robot: { name: "robot" } },
      aws_iam_access_key: { robot: { user: "${aws_iam_user.robot.name}" } },
      // The provider marks it as sensitive, with any value.
      aws_ssm_parameter: {
        password: { name: "password", type: "SecureString", value: `${token.replace("token", "parameter")}` },
      },
      terraform_data: { note: { input: { list: ["plain", "${var.token}"], plain: "seen" } } },
    },
    output: outputs,
  });
}

const token = { value: "https://example.com/?key=${var.token}", sensitive: true };
const accessKey = { value: "${aws_iam_access_key.robot.secret}", sensitive: true };
const before = config(TOKEN, { token, access_key: accessKey });

/** Values that must never be shown; each of them begins with SECRET and ends in do-not-show. */
export const secrets: Scenario = {
  name: "secrets",
  steps: [
    { plan: "sensitive-create", of: before },
    { apply: before },
    { plan: "sensitive-no-changes", of: before },
    { plan: "sensitive-update", of: config(NEW_TOKEN, { token, access_key: accessKey }) },
    { plan: "sensitive-destroy", of: before, args: ["-destroy"] },
    {
      plan: "sensitive-marks-changed",
      of: config(TOKEN, { access_key: accessKey, token: { ...token, value: "${nonsensitive(var.token)}" } }),
    },
  ],
};
