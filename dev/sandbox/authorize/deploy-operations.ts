import { arnIn, type Place } from "./arn-in";
import type { RequiredPermission } from "./required-permission";

/** A parsed JSON body. */
export type Parameters = Readonly<Record<string, unknown>>;

type Permissions = (body: Parameters, place: Place) => readonly RequiredPermission[];

/**
 * The permissions of calls that deploy, by service and operation, with the resources that the body
 * names (Service Authorization Reference, column "Resource types"). The resource stays open where
 * the body names it in another form, so only `*` allows such a call.
 */
export const DEPLOY_OPERATIONS: Readonly<Record<string, Readonly<Record<string, Permissions>>>> = {
  ecr: {
    GetAuthorizationToken: () => [{ action: "ecr:GetAuthorizationToken", resource: "*" }],
    ...Object.fromEntries(
      [
        "BatchCheckLayerAvailability",
        "BatchGetImage",
        "CompleteLayerUpload",
        "GetDownloadUrlForLayer",
        "InitiateLayerUpload",
        "PutImage",
        "UploadLayerPart",
      ].map((name) => [name, repositoryPermission(`ecr:${name}`)]),
    ),
  },
  ecs: {
    DescribeServices: ({ cluster, services }, place) =>
      listOf(services).map((service) => ({
        action: "ecs:DescribeServices",
        ...serviceIn(cluster, service, place),
      })),
    UpdateService: ({ cluster, service }, place) => [
      { action: "ecs:UpdateService", ...serviceIn(cluster, service, place) },
    ],
    DescribeTaskDefinition: () => [{ action: "ecs:DescribeTaskDefinition", resource: "*" }],
    RegisterTaskDefinition: ({ family, taskRoleArn, executionRoleArn, tags }, place) => [
      {
        action: "ecs:RegisterTaskDefinition",
        ...arnIn("ecs", place, family, (name) => `task-definition/${name}:*`),
      },
      ...[taskRoleArn, executionRoleArn].filter((role) => role !== undefined).map(passedToTasks),
      ...(tags === undefined ? [] : [{ action: "ecs:TagResource" }]),
    ],
  },
  ssm: {
    GetParameter: ({ Name }, place) => [{ action: "ssm:GetParameter", ...parameterIn(Name, place) }],
    GetParameters: ({ Names }, place) =>
      listOf(Names).map((name) => ({ action: "ssm:GetParameters", ...parameterIn(name, place) })),
  },
};

function repositoryPermission(action: string): Permissions {
  return ({ repositoryName, registryId }, place) => [
    {
      action,
      ...(registryId === undefined || registryId === place.account
        ? arnIn("ecr", place, repositoryName, (name) => `repository/${name}`)
        : {}),
    },
  ];
}

function serviceIn(cluster: unknown, service: unknown, place: Place): Pick<RequiredPermission, "resource"> {
  if (typeof cluster !== "string" || !/^[A-Za-z0-9_-]+$/.test(cluster)) return {};
  return arnIn("ecs", place, service, (name) => `service/${cluster}/${name}`);
}

/** A name may have a version or label after a colon, which is no part of the resource. */
function parameterIn(name: unknown, place: Place): Pick<RequiredPermission, "resource"> {
  const plain = typeof name === "string" ? name.replace(/:[A-Za-z0-9_.-]+$/, "").replace(/^[/]/, "") : name;
  return arnIn("ssm", place, plain, (rest) => `parameter/${rest}`);
}

/** IAM User Guide, "Granting a user permissions to pass a role to an AWS service". */
function passedToTasks(role: unknown): RequiredPermission {
  const keys = [["iam:PassedToService", "ecs-tasks.amazonaws.com"] as const];
  const isArn = typeof role === "string" && /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(role);
  return { action: "iam:PassRole", keys, ...(isArn ? { resource: role } : {}) };
}

/** At least one element, so that an empty list requires a permission too. */
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) && value.length > 0 ? value : [undefined];
}
