import { CircleCiRole } from "../../constructs/circleci-role";
import type { Role } from "../../lib/config/model/model";
import { aBucket, aGrant, aRole, refs } from "../fixtures/access";
import { errorOf } from "../fixtures/project-error";
import { LIST_BUCKET, USE_OBJECTS } from "../iam/write/buckets/bucket-statements";
import { aStack, resourcesOf } from "./declare";

const HOST = "oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const SUBJECT =
  "org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11/project/77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03/user/" +
  "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/";

function trustPolicy(ref: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${HOST}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${HOST}:aud`]: "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11",
            [`${HOST}:sub`]: `${SUBJECT}${ref}`,
          },
        },
      },
    ],
  });
}

function resources(differences: Partial<Role>): unknown {
  return resourcesOf((stack) => new CircleCiRole(stack, "deploy", aRole(differences)));
}

describe("a role, complete", () => {
  test("without permissions: manually attached policies are still detected", () => {
    expect(resources({})).toEqual({
      aws_iam_role: {
        deploy: {
          name: "website-deploy",
          path: "/",
          description: "deploy of website",
          max_session_duration: 3_600,
          assume_role_policy: trustPolicy("main"),
        },
      },
      aws_iam_role_policies_exclusive: {
        deploy_only_these_inline: { role_name: "${aws_iam_role.deploy.name}", policy_names: [] },
      },
      aws_iam_role_policy_attachments_exclusive: {
        deploy_only_these_attached: { role_name: "${aws_iam_role.deploy.name}", policy_arns: [] },
      },
    });
  });

  test("with every setting of the file", () => {
    const boundary = "arn:aws:iam::123456789012:policy/boundary";
    const policies = [
      "arn:aws:iam::123456789012:policy/team/Read+Only",
      "arn:aws:iam::aws:policy/ReadOnlyAccess",
    ];
    const statements = [
      { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::shared/${aws:userid}/*" },
    ] as const;
    const [first, second] = ["deploy_attached_Read-Only_dcbba5b6", "deploy_attached_ReadOnlyAccess_2a3bda39"];
    expect(
      resources({
        path: "/ci/",
        sessionSeconds: 43_200,
        permissionsBoundary: boundary,
        awsTags: { team: "web", "cost-centre": "7" },
        bucket: aBucket(),
        policies,
        statements,
      }),
    ).toEqual({
      aws_iam_role: {
        deploy: {
          name: "website-deploy",
          path: "/ci/",
          description: "deploy of website",
          max_session_duration: 43_200,
          permissions_boundary: boundary,
          tags: { team: "web", "cost-centre": "7" },
          assume_role_policy: trustPolicy("main"),
        },
      },
      aws_iam_role_policy: {
        deploy_inline_bucket: {
          role: "${aws_iam_role.deploy.name}",
          name: "bucket",
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [LIST_BUCKET, USE_OBJECTS],
          }),
        },
        deploy_inline_statements: {
          role: "${aws_iam_role.deploy.name}",
          name: "statements",
          policy: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::shared/$\${aws:userid}/*"}]}`,
        },
      },
      aws_iam_role_policies_exclusive: {
        deploy_only_these_inline: {
          role_name: "${aws_iam_role.deploy.name}",
          policy_names: [
            "${aws_iam_role_policy.deploy_inline_bucket.name}",
            "${aws_iam_role_policy.deploy_inline_statements.name}",
          ],
        },
      },
      aws_iam_role_policy_attachment: {
        [first ?? ""]: { role: "${aws_iam_role.deploy.name}", policy_arn: policies[0] },
        [second ?? ""]: { role: "${aws_iam_role.deploy.name}", policy_arn: policies[1] },
      },
      aws_iam_role_policy_attachments_exclusive: {
        deploy_only_these_attached: {
          role_name: "${aws_iam_role.deploy.name}",
          policy_arns: [
            `\${aws_iam_role_policy_attachment.${first}.policy_arn}`,
            `\${aws_iam_role_policy_attachment.${second}.policy_arn}`,
          ],
        },
      },
    });
  });

  test("on a branch that looks like a Terraform template and an IAM policy variable", () => {
    const branch = "${aws:username}%{if}";
    expect(resources({ grant: aGrant({ refs: refs({ branches: [branch] }) }) })).toMatchObject({
      aws_iam_role: { deploy: { assume_role_policy: trustPolicy("$${$}{aws:username}%%{if}") } },
    });
  });
});

describe("a role that IAM would reject", () => {
  const fitting = (policy: "trust" | "inline", excess: number): Role => {
    if (policy === "trust") {
      const name = "b".repeat(2_048 - trustPolicy("").length + excess);
      return aRole({ grant: aGrant({ refs: refs({ branches: [name] }) }) });
    }
    const statement = { Sid: "", Effect: "Allow", Action: "s3:*", Resource: "*" } as const;
    const empty = JSON.stringify({ Version: "2012-10-17", Statement: [statement] }).length;
    return aRole({ statements: [{ ...statement, Sid: "s".repeat(10_240 - empty + excess) }] });
  };

  test.each([
    ["trust", "trust-policy-too-long", 2_048],
    ["inline", "inline-policies-too-long", 10_240],
  ] as const)(
    "%s policy: the exact quota fits, one character more is rejected with name and size",
    (policy, code, quota) => {
      expect(() => new CircleCiRole(aStack(), "deploy", fitting(policy, 0))).not.toThrow();
      const error = errorOf(() => new CircleCiRole(aStack(), "deploy", fitting(policy, 1)));
      expect({ code: error.code, found: error.found, exitCode: error.exitCode }).toEqual({
        code,
        found: `${quota + 1} characters`,
        exitCode: 2,
      });
      for (const part of ["main-website/deploy", '"website-deploy"', `${quota + 1}`, `${quota}`]) {
        expect(error.message).toContain(part);
      }
      expect(error.fix).toBeTruthy();
    },
  );
});

test.each([
  ["path", { path: "/${TfToken[TOKEN.0]}/" }],
  ["description", { description: "x ${TfToken[TOKEN.0]}" }],
  ["permissionsBoundary", { permissionsBoundary: "#{TfToken[TOKEN.0]}" }],
  ["policies", { policies: ["arn:aws:iam::aws:policy/${TfToken[TOKEN.0]}/x"] }],
  ["branch", { grant: aGrant({ refs: refs({ branches: ["&{TfToken[x"] }) }) }],
  [
    "statements",
    { statements: [{ Effect: "Allow", Action: "s3:*", Resource: "${TfToken[TOKEN.0]}" } as const] },
  ],
])("tokens of cdktf in %s are rejected, not resolved", (_, differences) => {
  expect(errorOf(() => new CircleCiRole(aStack(), "deploy", aRole(differences))).code).toBe(
    "cdktf-token-in-text",
  );
});
