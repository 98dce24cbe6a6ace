import type { Deploys } from "../../../../lib/config/model/deploys-model";

/** A role with every preset. */
export const everyPreset = {
  cloudfront: { distribution: "E2QWRUHAPOMQZL", paths: ["/*"] },
  ecr: { repository: "acme/website", context: "." },
  ecs: {
    cluster: "web",
    service: "site",
    container: "app",
    family: "site",
    taskRoles: ["arn:aws:iam::123456789012:role/task", "arn:aws:iam::123456789012:role/execution"],
  },
  lambda: { function: "resize", alias: "live", package: "dist/function.zip" },
  cdk: { qualifier: "hnb659fds", stacks: [] },
  terraform: { stateBucket: "acme-site-state", key: "site/terraform.tfstate", directory: "." },
  ssm: { parameters: ["/site/token", "plain"] },
  secrets: { secrets: ["site/db"] },
} as const satisfies Deploys;
