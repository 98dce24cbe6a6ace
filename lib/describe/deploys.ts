import type { Deploys } from "../config/model/deploys-model";
import { listTexts } from "./list";

/** What a role deploys, a line a preset: `cloudfront: invalidates distribution E2QWRUHAPOMQZL`. */
export function describeDeploys(deploys: Deploys): readonly string[] {
  const { cloudfront, ecr, ecs, lambda, cdk, terraform, ssm, secrets } = deploys;
  return [
    ...(terraform === undefined
      ? []
      : [`terraform: reads, writes and locks the state ${terraform.stateBucket}/${terraform.key}`]),
    ...(cdk === undefined
      ? []
      : [`cdk: assumes the roles of CDK's bootstrap stack ${cdk.qualifier}, which deploy any stack`]),
    ...(ecr === undefined ? [] : [`ecr: pushes and pulls images of ${ecr.repository}`]),
    ...(ecs === undefined
      ? []
      : [
          `ecs: deploys ${ecs.cluster}/${ecs.service}; passes ${listTexts(ecs.taskRoles.map(nameOf))} to ECS tasks`,
        ]),
    ...(lambda === undefined
      ? []
      : [`lambda: deploys ${lambda.function} and moves its alias ${lambda.alias}`]),
    ...(cloudfront === undefined ? [] : [`cloudfront: invalidates distribution ${cloudfront.distribution}`]),
    ...(ssm === undefined ? [] : [`ssm: reads ${listTexts(ssm.parameters)}`]),
    ...(secrets === undefined ? [] : [`secrets: reads ${listTexts(secrets.secrets)}`]),
  ];
}

function nameOf(role: string): string {
  return role.slice(role.lastIndexOf("/") + 1);
}
