import type { Deploys } from "../../../config/model/deploys-model";
import type { Account } from "../../../config/model/model";
import type { PolicyStatement } from "../../language/document";
import { cdkStatements } from "./cdk";
import { cloudFrontStatements } from "./cloudfront";
import { ecrStatements } from "./ecr";
import { ecsStatements } from "./ecs";
import { lambdaStatements } from "./lambda";
import { secretsStatements } from "./secrets";
import { ssmStatements } from "./ssm";
import { terraformStatements } from "./terraform";

/** The permissions of a role's presets; each `Sid` once, since a role has each preset once. */
export function deployStatements(deploys: Deploys, account: Account): readonly PolicyStatement[] {
  const { cloudfront, ecr, ecs, lambda, cdk, terraform, ssm, secrets } = deploys;
  return [
    ...(cloudfront === undefined ? [] : cloudFrontStatements(cloudfront, account)),
    ...(ecr === undefined ? [] : ecrStatements(ecr, account)),
    ...(ecs === undefined ? [] : ecsStatements(ecs, account)),
    ...(lambda === undefined ? [] : lambdaStatements(lambda, account)),
    ...(cdk === undefined ? [] : cdkStatements(cdk, account)),
    ...(terraform === undefined ? [] : terraformStatements(terraform, account)),
    ...(ssm === undefined ? [] : ssmStatements(ssm, account)),
    ...(secrets === undefined ? [] : secretsStatements(secrets, account)),
  ];
}
