import type { EcsDeploy } from "../../config/model/deploys-model";
import { run, type Step } from "../job/job";

/**
 * What `describe-task-definition` returns beyond the input of `register-task-definition` (AWS CLI
 * Command Reference, both commands).
 */
const OUTPUT_ONLY = [
  "taskDefinitionArn",
  "revision",
  "status",
  "requiresAttributes",
  "compatibilities",
  "registeredAt",
  "registeredBy",
  "deregisteredAt",
];

/**
 * Takes the running task definition, puts the image into the container, registers it, updates the
 * service and waits (AWS CLI Command Reference, `ecs register-task-definition`, `ecs
 * update-service`, `ecs wait services-stable`).
 * @param pushed the image that the job pushed, if it pushed one
 */
export function ecsSteps(deploy: EcsDeploy, pushed: string | undefined): readonly Step[] {
  const { cluster, service, container, image = pushed } = deploy;
  if (image === undefined) throw new Error("checks let a service without an image through");
  const at = `--cluster ${cluster}`;
  const filter = [
    `if any(.containerDefinitions[]; .name == $container) then . else error("no container \\($container)") end`,
    `.containerDefinitions |= map(if .name == $container then .image = $image else . end)`,
    `del(${OUTPUT_ONLY.map((key) => `.${key}`).join(", ")})`,
  ].join(" | ");
  return [
    run(
      `Render the task definition of ${service}`,
      [
        `running=$(aws ecs describe-services ${at} --services ${service} --query 'services[0].taskDefinition' --output text)`,
        `aws ecs describe-task-definition --task-definition "$running" --query taskDefinition --output json > task-definition.running.json`,
        `jq --arg container ${container} --arg image "${image}" '${filter}' task-definition.running.json > task-definition.json`,
      ].join("\n"),
    ),
    run(
      `Deploy ${service}`,
      [
        `definition=$(aws ecs register-task-definition --cli-input-json file://task-definition.json --query taskDefinition.taskDefinitionArn --output text)`,
        `aws ecs update-service ${at} --service ${service} --task-definition "$definition" --query service.taskDefinition --output text`,
        `aws ecs wait services-stable ${at} --services ${service}`,
      ].join("\n"),
    ),
  ];
}
