import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import {
  AssumeRoleWithWebIdentityCommand,
  type AssumeRoleWithWebIdentityCommandInput,
  type AssumeRoleWithWebIdentityCommandOutput,
  STSClient,
} from "@aws-sdk/client-sts";
import type { DecisionLog, LoggedDecision } from "../../../dev/sandbox/authorize/decision-log";
import type { TokenRequest } from "../../../dev/sandbox/circleci/token-request";
import { type Sandbox, startSandbox } from "../../../dev/sandbox/sandbox";
import { issuerHost } from "../../../lib/token/issuer";

export const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
export const PROJECT = "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03";
export const ALICE = "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01";
export const BOB = "91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02";
export const HOST = issuerHost({ organization: ORGANIZATION });
export const PROVIDER = `arn:aws:iam::123456789012:oidc-provider/${HOST}`;

export const onMain = { origin: "github.com/acme/website", ref: "refs/heads/main" };
export const aliceOnMain: TokenRequest = {
  organization: ORGANIZATION,
  project: PROJECT,
  user: ALICE,
  source: onMain,
};

export function roleArn(name: string): string {
  return `arn:aws:iam::123456789012:role/${name}`;
}

/** Trusts jobs of Alice in the project on `main`. */
export const trustAlice = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: PROVIDER },
      Condition: {
        StringEquals: {
          [`${HOST}:aud`]: ORGANIZATION,
          [`${HOST}:sub`]: `org/${ORGANIZATION}/project/${PROJECT}/user/${ALICE}/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main`,
        },
      },
    },
  ],
};

export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/**
 * A sandbox with CircleCI's provider, a clock that can be set forward, and a record of the
 * decisions of the proxy.
 */
export class TestSandbox {
  /** Added to the current time, in milliseconds. */
  ahead = 0;
  readonly decisions: LoggedDecision[] = [];
  /** Also called with each decision. */
  onDecision: DecisionLog | undefined;
  sandbox!: Sandbox;
  iam!: IAMClient;
  /** Has no credentials, like a job. */
  sts!: STSClient;

  async start(): Promise<void> {
    this.sandbox = await startSandbox({
      organizations: [ORGANIZATION],
      now: () => Date.now() + this.ahead,
      onDecision: (decision, session) => {
        this.decisions.push(decision);
        this.onDecision?.(decision, session);
      },
    });
    const { endpoint, environment } = this.sandbox;
    const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = environment;
    const base = { endpoint, region: "us-east-1", maxAttempts: 1 };
    const credentials = { accessKeyId, secretAccessKey };
    this.iam = new IAMClient({ ...base, credentials });
    this.sts = new STSClient({ ...base, credentials: { accessKeyId: "none", secretAccessKey: "none" } });
    await this.iam.send(
      new CreateOpenIDConnectProviderCommand({ Url: `https://${HOST}`, ClientIDList: [ORGANIZATION] }),
    );
  }

  async stop(): Promise<void> {
    this.iam?.destroy();
    this.sts?.destroy();
    await this.sandbox?.stop();
  }

  async createRole(
    RoleName: string,
    document: string,
    settings: {
      readonly trust?: object;
      readonly MaxSessionDuration?: number;
      readonly PermissionsBoundary?: string;
    } = {},
  ): Promise<string> {
    const { trust = trustAlice, ...rest } = settings;
    await this.iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust), ...rest }),
    );
    await this.iam.send(
      new PutRolePolicyCommand({ RoleName, PolicyName: "inline", PolicyDocument: document }),
    );
    return roleArn(RoleName);
  }

  async assume(
    RoleArn: string,
    input: Partial<AssumeRoleWithWebIdentityCommandInput> = {},
  ): Promise<AssumeRoleWithWebIdentityCommandOutput> {
    const token = input.WebIdentityToken ?? (await this.sandbox.circleCi.mint(aliceOnMain));
    return this.sts.send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn,
        RoleSessionName: "alice",
        WebIdentityToken: token,
        ...input,
      }),
    );
  }

  /** The error code of STS. Fails the test if the role is assumed. */
  async refusal(
    RoleArn: string,
    input: Partial<AssumeRoleWithWebIdentityCommandInput> = {},
  ): Promise<string> {
    const answer = await this.assume(RoleArn, input).catch((error: unknown) => error);
    if (!(answer instanceof Error)) throw new Error(`${RoleArn} was assumed`);
    return codeOf(answer);
  }

  /** An S3 client with a session of the role. */
  async s3As(RoleArn: string, input: Partial<AssumeRoleWithWebIdentityCommandInput> = {}): Promise<S3Client> {
    return this.s3With(sessionOf(await this.assume(RoleArn, input)));
  }

  s3With(credentials: SessionKeys, config: S3ClientConfig = {}): S3Client {
    const { endpoint } = this.sandbox;
    return new S3Client({
      endpoint,
      region: "us-east-1",
      maxAttempts: 1,
      credentials,
      forcePathStyle: true,
      ...config,
    });
  }
}

export interface SessionKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export function sessionOf({ Credentials: found }: AssumeRoleWithWebIdentityCommandOutput): SessionKeys {
  const {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
  } = found ?? {};
  if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined)
    throw new Error("no credentials");
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** Error code of AWS. Some SDK errors have it in `Code`, not in `name`. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) throw new Error(`no error: ${JSON.stringify(error)}`);
  const code: unknown = Reflect.get(error, "Code");
  return typeof code === "string" ? code : error.name;
}

/** `allowed`, or the error code. */
export async function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "allowed",
    (error: unknown) => codeOf(error),
  );
}
