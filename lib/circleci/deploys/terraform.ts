import type { TerraformDeploy } from "../../config/model/deploys-model";
import type { Account } from "../../config/model/model";
import { run, type Step } from "../job/job";
import { quoted } from "../job/shell-word";

/**
 * Plans and applies the configuration, with the state in exactly this object (Terraform
 * documentation, "terraform init", `-backend-config`; "Backend Type: s3"). The configuration has an
 * empty `backend "s3" {}`.
 *
 * S3 answers 403, not 404, for an object that does not exist to a caller who may not list the whole
 * bucket (Amazon S3 API Reference, HeadObject), and Terraform stops at that. So the first run puts
 * an empty object, which Terraform reads as no state.
 * @param program `terraform`, or what TERRAFORM_BINARY_NAME of the job says, such as `tofu`
 */
export function terraformSteps(
  deploy: TerraformDeploy,
  { region }: Account,
  program: string,
): readonly Step[] {
  const { stateBucket, key, directory } = deploy;
  const terraform = `${quoted(program)} ${quoted(`-chdir=${directory}`)}`;
  const backend = [`bucket=${stateBucket}`, `key=${key}`, `region=${region}`, "use_lockfile=true"]
    .map((setting) => `-backend-config=${quoted(setting)}`)
    .join(" ");
  const object = `--bucket ${quoted(stateBucket)} --key ${quoted(key)}`;
  return [
    run(
      "Create the state if there is none",
      `aws s3api head-object ${object} > /dev/null 2>&1 || aws s3api put-object ${object} --if-none-match '*'`,
    ),
    run("Initialize Terraform", `${terraform} init -input=false ${backend}`),
    run("Plan with Terraform", `${terraform} plan -input=false -out=deploy.tfplan`),
    run("Apply the plan", `${terraform} apply -input=false deploy.tfplan`),
  ];
}
