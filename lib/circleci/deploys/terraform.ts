import type { TerraformDeploy } from "../../config/model/deploys-model";
import type { Account } from "../../config/model/model";
import { run, type Step } from "../job/job";
import { quoted } from "../job/shell-word";

/**
 * Plans and applies the configuration, with the state in exactly this object (Terraform
 * documentation, "terraform init", `-backend-config`; "Backend Type: s3"). The configuration has an
 * empty `backend "s3" {}`.
 */
export function terraformSteps(deploy: TerraformDeploy, { region }: Account): readonly Step[] {
  const { stateBucket, key, directory } = deploy;
  const terraform = `terraform ${quoted(`-chdir=${directory}`)}`;
  const backend = [`bucket=${stateBucket}`, `key=${key}`, `region=${region}`, "use_lockfile=true"]
    .map((setting) => `-backend-config=${quoted(setting)}`)
    .join(" ");
  return [
    run("Initialize Terraform", `${terraform} init -input=false ${backend}`),
    run("Plan with Terraform", `${terraform} plan -input=false -out=deploy.tfplan`),
    run("Apply the plan", `${terraform} apply -input=false deploy.tfplan`),
  ];
}
