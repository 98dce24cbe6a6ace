import type { EcsDeploy } from "../../../config/model/deploys-model";
import type { Account } from "../../../config/model/model";
import { oneOrMany, type PolicyStatement } from "../../language/document";

/**
 * Registering a task definition of one family, and deploying it to one service (Service
 * Authorization Reference, "Actions, resources, and condition keys for Amazon Elastic Container
 * Service": `DescribeServices` and `UpdateService` take a service, `RegisterTaskDefinition` a task
 * definition, `DescribeTaskDefinition` no resource). `iam:PassRole` of exactly the task roles, to
 * ECS tasks only (Amazon ECS Developer Guide, "Amazon ECS task execution IAM role", permissions to
 * pass a role).
 */
export function ecsStatements(
  { cluster, service, family, taskRoles }: EcsDeploy,
  { partition, region, id }: Account,
): readonly PolicyStatement[] {
  const arn = (resource: string): string => `arn:${partition}:ecs:${region}:${id}:${resource}`;
  return [
    {
      Sid: "DeployService",
      Effect: "Allow",
      Action: ["ecs:DescribeServices", "ecs:UpdateService"],
      Resource: arn(`service/${cluster}/${service}`),
    },
    {
      Sid: "RegisterTaskDefinition",
      Effect: "Allow",
      Action: "ecs:RegisterTaskDefinition",
      Resource: arn(`task-definition/${family}:*`),
    },
    { Sid: "ReadTaskDefinition", Effect: "Allow", Action: "ecs:DescribeTaskDefinition", Resource: "*" },
    {
      Sid: "PassTaskRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: oneOrMany(taskRoles),
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
  ];
}
