import type { App } from "cdktf";
import { Construct } from "constructs";
import { CircleCiRole as RoleOfFile } from "../constructs/circleci-role";
import { OidcProvider } from "../constructs/oidc-provider";
import { roleFromProps } from "../constructs/role-from-props";
import { withoutStackTraces } from "../constructs/without-stack-traces";
import { readImports } from "../lib/adopt/imports/read-imports";
import { accessFile } from "../lib/project/project-root";
import { readAccess } from "../lib/project/read-access";
import { issuerOf } from "../lib/token/issuer";
import { buildStacks } from "../stacks";

/** What `declareStacks` reads. */
export interface StacksOptions {
  /** Path of access.yaml. Default: the project's, or `OIDC_ACCESS_FILE`. */
  readonly file?: string;
}

/**
 * Declares every stack that access.yaml needs: state buckets, OIDC providers, roles and buckets.
 * @param app the app that synthesizes them
 * @throws Error with `code` `access-file-invalid`: its message lists every problem of the file
 * @example
 * import { App } from "cdktf";
 * import { declareStacks } from "cdktf-circleci-oidc";
 *
 * const app = new App();
 * declareStacks(app);
 * app.synth();
 */
export function declareStacks(app: App, options: StacksOptions = {}): void {
  const { file = accessFile() } = options;
  const access = readAccess(file);
  const transfers = readImports(file);
  withoutStackTraces(() => buildStacks(app, access, transfers));
}

/** The organization whose tokens an account trusts. */
export interface CircleCiProviderProps {
  /** UUID of the CircleCI organization. */
  readonly organization: string;
  /** Audiences of the tokens. Default: the organization's UUID. */
  readonly audiences?: readonly string[];
}

/** CircleCI's OIDC provider in IAM. An account has one for each organization. */
export class CircleCiProvider extends Construct {
  constructor(scope: Construct, id: string, props: CircleCiProviderProps) {
    super(scope, id);
    const { organization, audiences = [organization] } = props;
    new OidcProvider(this, "Default", {
      issuer: issuerOf({ id: organization }),
      audiences,
      provider: { awsTags: {}, audiences: [], defaultTags: true, isProtected: false },
    });
  }
}

/** Which tokens of CircleCI may assume a role, and what the role may do. */
export interface CircleCiRoleProps {
  /** The role's name in IAM: 1-64 letters, digits and `+=,.@_-`. */
  readonly name: string;
  /** ID of the AWS account that the stack deploys to: 12 digits. */
  readonly account: string;
  /** UUID of the CircleCI organization. */
  readonly organization: string;
  /** UUID of the CircleCI project. */
  readonly project: string;
  /**
   * The project's repository as `host/owner/name`. Tokens of another one, such as a fork, are
   * denied.
   */
  readonly repository: string;
  /** CircleCI user IDs by name, at least one; `everyone`: everyone who can start a pipeline. */
  readonly people: "everyone" | Readonly<Record<string, string>>;
  /**
   * Branches, or patterns that end in `*`; `any`: every ref. This, `tags`, or both are required.
   */
  readonly branches?: "any" | readonly string[];
  /** Tags of git, or patterns that end in `*`. */
  readonly tags?: readonly string[];
  /** Maximum session duration in seconds: 3,600-43,200. Default: 3,600. */
  readonly sessionSeconds?: number;
  /** ARNs of managed policies. Default: none. */
  readonly policies?: readonly string[];
  /**
   * Statements of IAM, as in a policy: `Effect`, `Action`, `Resource`, `Condition`. Default: none.
   */
  readonly statements?: readonly Readonly<Record<string, unknown>>[];
  /** ARN of the permissions boundary. Default: none. */
  readonly permissionsBoundary?: string;
}

/**
 * A role for CircleCI jobs, in a stack of your own. Its trust policy is proven to allow exactly the
 * tokens that the props describe, over every token that can exist. Policies that are attached by
 * hand are removed by the next deploy.
 * @throws Error with `code` `role-props-invalid`: its message lists every problem of the props
 * @example
 * import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
 * import { App, TerraformStack } from "cdktf";
 * import { CircleCiProvider, CircleCiRole } from "cdktf-circleci-oidc";
 *
 * const organization = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
 * const app = new App();
 * const stack = new TerraformStack(app, "shop");
 * new AwsProvider(stack, "aws", { region: "us-east-1", allowedAccountIds: ["123456789012"] });
 * new CircleCiProvider(stack, "circleci", { organization });
 * const deploy = new CircleCiRole(stack, "deploy", {
 *   name: "shop-deploy",
 *   account: "123456789012",
 *   organization,
 *   project: "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03",
 *   repository: "github.com/acme/shop",
 *   people: { alice: "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01" },
 *   branches: ["main"],
 *   statements: [{ Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::acme-shop/*" }],
 * });
 * if (!deploy.trustPolicy.includes("refs/heads/main")) throw new Error(deploy.trustPolicy);
 * app.synth();
 */
export class CircleCiRole extends Construct {
  /** The role's ARN, for other resources of the stack. */
  readonly arn: string;
  /** The proven trust policy, as JSON. */
  readonly trustPolicy: string;

  constructor(scope: Construct, id: string, props: CircleCiRoleProps) {
    super(scope, id);
    const role = new RoleOfFile(this, "role", roleFromProps(this.node.path, props));
    this.arn = role.arn;
    this.trustPolicy = role.trustPolicy;
  }
}
