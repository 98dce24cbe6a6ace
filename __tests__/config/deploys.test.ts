import { acceptedRole, fileOf, refusals, rolesOf, roleWith } from "./sample";

const ECS = "cluster: web, service: site, container: app";

test("presets with their defaults", () => {
  const deploys = `deploys: {
    cloudfront: { distribution: E2QWRUHAPOMQZL },
    ecr: { repository: acme/website },
    ecs: { ${ECS}, taskRoles: [task, "arn:aws:iam::123456789012:role/x/execution"] },
    lambda: { function: resize, alias: live, package: dist/f.zip },
    cdk: { qualifier: hnb659fds },
    terraform: { stateBucket: acme-site-state, key: site/terraform.tfstate },
    ssm: { parameters: [/site/token] },
    secrets: { secrets: [site/db] }
  }`;
  expect(acceptedRole(roleWith(deploys.replaceAll(/\n */g, " "))).deploys).toEqual({
    cloudfront: { distribution: "E2QWRUHAPOMQZL", paths: ["/*"] },
    ecr: { repository: "acme/website", context: "." },
    ecs: {
      cluster: "web",
      service: "site",
      container: "app",
      family: "site",
      taskRoles: ["arn:aws:iam::123456789012:role/task", "arn:aws:iam::123456789012:role/x/execution"],
    },
    lambda: { function: "resize", alias: "live", package: "dist/f.zip" },
    cdk: { qualifier: "hnb659fds", stacks: [] },
    terraform: { stateBucket: "acme-site-state", key: "site/terraform.tfstate", directory: "." },
    ssm: { parameters: ["/site/token"] },
    secrets: { secrets: ["site/db"] },
  });
});

test.each([
  ["{}", "empty-map {}"],
  ["{ s3: { bucket: a } }", "unknown-key s3"],
  ['{ cloudfront: { distribution: "*" } }', "malformed-deploy *"],
  ["{ cloudfront: { distribution: e2qwruhapomqzl } }", "malformed-deploy e2qwruhapomqzl"],
  ['{ cloudfront: { distribution: E2QWRUHAPOMQZL, paths: ["a*"] } }', "malformed-deploy a*"],
  ['{ ecr: { repository: "acme/*" } }', "malformed-deploy acme/*"],
  ["{ ecr: { repository: acme, context: ../x } }", "malformed-pipeline ../x"],
  [`{ ecs: { ${ECS}, taskRoles: [a] } }`, "missing-key image"],
  [`{ ecs: { ${ECS}, taskRoles: ["*"], image: a:b } }`, "malformed-deploy *"],
  [
    `{ ecs: { ${ECS}, taskRoles: ["arn:aws:iam::123456789012:role/*"], image: a:b } }`,
    "malformed-deploy arn:aws:iam::123456789012:role/*",
  ],
  [
    `{ ecs: { ${ECS}, taskRoles: ["arn:aws:iam::210987654321:role/a"], image: a:b } }`,
    "wrong-account arn:aws:iam::210987654321:role/a",
  ],
  [
    `{ ecs: { ${ECS}, taskRoles: ["arn:aws-cn:iam::123456789012:role/a"], image: a:b } }`,
    "wrong-partition arn:aws-cn:iam::123456789012:role/a",
  ],
  [`{ ecs: { ${ECS}, taskRoles: [], image: a:b } }`, "empty-list []"],
  ["{ lambda: { function: f?, alias: live, package: f.zip } }", "malformed-deploy f?"],
  ['{ lambda: { function: f, alias: "1", package: f.zip } }', "malformed-deploy 1"],
  ['{ cdk: { qualifier: "*" } }', "malformed-deploy *"],
  ["{ terraform: { stateBucket: acme-state, key: a } }", "deploy-state-bucket acme-state"],
  ['{ terraform: { stateBucket: acme-b, key: "a/*" } }', "malformed-deploy a/*"],
  ['{ ssm: { parameters: ["/site/*"] } }', "malformed-deploy /site/*"],
  ['{ secrets: { secrets: ["site/${aws:username}"] } }', "malformed-deploy site/${aws:username}"],
])("%s", (deploys, refusal) => {
  expect(refusals(roleWith(`deploys: ${deploys}`))).toEqual([refusal]);
});

test("the jobs of a role that runs Terraform are computed", () => {
  const roles = rolesOf({
    plan: "{ people: [alice], branches: any, terraform: plan, deploys: { ssm: { parameters: [a] } } }",
  });
  expect(refusals(fileOf({ projects: roles }))).toEqual(["beside-terraform deploys"]);
});
