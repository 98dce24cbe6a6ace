/** What a role deploys, with defaults set. Lists are in the order of the file. */
export interface Deploys {
  readonly cloudfront?: CloudFrontDeploy;
  readonly ecr?: EcrDeploy;
  readonly ecs?: EcsDeploy;
  readonly lambda?: LambdaDeploy;
  readonly cdk?: CdkDeploy;
  readonly terraform?: TerraformDeploy;
  readonly ssm?: SsmDeploy;
  readonly secrets?: SecretsDeploy;
}

export interface CloudFrontDeploy {
  readonly distribution: string;
  /** Paths of the invalidation. */
  readonly paths: readonly string[];
}

export interface EcrDeploy {
  readonly repository: string;
  /** A folder of the checkout. */
  readonly context: string;
  /** Undefined: `Dockerfile` in `context`. */
  readonly dockerfile?: string;
}

export interface EcsDeploy {
  readonly cluster: string;
  readonly service: string;
  readonly container: string;
  /** The family of the task definition. */
  readonly family: string;
  /** ARNs of roles, without wildcards. */
  readonly taskRoles: readonly string[];
  /** Undefined: the image that the role's `ecr` pushes. */
  readonly image?: string;
}

export interface LambdaDeploy {
  readonly function: string;
  readonly alias: string;
  /** A zip file of the checkout. */
  readonly package: string;
}

export interface CdkDeploy {
  readonly qualifier: string;
  /** Empty: all stacks. */
  readonly stacks: readonly string[];
}

/** A state of the project's own Terraform configuration, never one of this project's stacks. */
export interface TerraformDeploy {
  readonly stateBucket: string;
  readonly key: string;
  /** A folder of the checkout. */
  readonly directory: string;
}

export interface SsmDeploy {
  readonly parameters: readonly string[];
}

export interface SecretsDeploy {
  readonly secrets: readonly string[];
}
