import type { EcrDeploy } from "../../config/model/deploys-model";
import type { Account } from "../../config/model/model";
import { dnsSuffix } from "../../iam/language/partition";
import { run, type Step } from "../job/job";
import { quoted } from "../job/shell-word";

/** The image that the job pushes; `$CIRCLE_SHA1` is the commit. */
export function pushedImage({ repository }: Pick<EcrDeploy, "repository">, account: Account): string {
  return `${registryOf(account)}/${repository}:$CIRCLE_SHA1`;
}

/**
 * Builds the image and pushes it (Amazon ECR User Guide, "Pushing a Docker image to an Amazon ECR
 * private repository").
 * @param hasDocker whether the job has Docker already; otherwise `setup_remote_docker` provides it
 */
export function ecrSteps(deploy: EcrDeploy, account: Account, hasDocker: boolean): readonly Step[] {
  const { context, dockerfile, repository } = deploy;
  const image = pushedImage(deploy, account);
  const file = dockerfile === undefined ? "" : `--file ${quoted(dockerfile)} `;
  const registry = registryOf(account);
  return [
    ...(hasDocker ? [] : ["setup_remote_docker"]),
    run(
      `Log in to ${registry}`,
      `aws ecr get-login-password --region ${account.region} | docker login --username AWS --password-stdin ${registry}`,
    ),
    run(`Build ${repository}`, `docker build ${file}--tag "${image}" ${quoted(context)}`),
    run(`Push ${repository}`, `docker push "${image}"`),
  ];
}

function registryOf({ id, region, partition }: Account): string {
  return `${id}.dkr.ecr.${region}.${dnsSuffix(partition)}`;
}
