import { CloudTrailClient, type CloudTrailClientConfig } from "@aws-sdk/client-cloudtrail";
import { IAMClient, type IAMClientConfig } from "@aws-sdk/client-iam";
import { S3Client, type S3ClientConfig, S3ServiceException } from "@aws-sdk/client-s3";
import { STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import { type DefaultProviderInit, defaultProvider } from "@aws-sdk/credential-provider-node";
import { createAgents } from "../http/agents";
import { connectionFailure } from "../http/connection-failure";

/**
 * How a client connects: as all calls do (lib/http), also where it asks for credentials (SSO, STS),
 * which the SDK by itself does without the client's agents. The metadata services of EC2 and ECS
 * are asked directly: they are on the machine's own network.
 */
function connection(env: NodeJS.ProcessEnv) {
  const agents = createAgents(env);
  const requestHandler = { httpAgent: agents.http, httpsAgent: agents.https };
  return {
    requestHandler,
    credentialDefaultProvider: (init: DefaultProviderInit) =>
      defaultProvider({ ...init, clientConfig: { ...init.clientConfig, requestHandler } }),
  };
}

/** Where a proxy or a certificate is why a call failed, its error says so. */
function explain<Args, Result>(next: (args: Args) => Promise<Result>): (args: Args) => Promise<Result> {
  return async (args) => {
    try {
      return await next(args);
    } catch (error) {
      throw connectionFailure(error) ?? error;
    }
  };
}

const OUTERMOST = { step: "initialize", name: "explain-connection", priority: "high" } as const;

/**
 * Suppresses the SDK's notice about future Node versions, which would appear in the output of every
 * command: this project pins the SDK and states the Node version that it needs.
 */
function withoutVersionNotice<T>(create: () => T): T {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  return create();
}

/**
 * An S3 client, which the caller destroys. Default: credentials and endpoint of the environment.
 * Its calls fail with the errors of `lib/http/connection-failure.ts` where a proxy or a certificate
 * is why, and with the SDK's otherwise.
 */
export function createS3Client(config: S3ClientConfig): S3Client {
  const client = withoutVersionNotice(() => new S3Client({ ...connection(process.env), ...config }));
  client.middlewareStack.add(explain, OUTERMOST);
  return client;
}

/** An STS client, likewise. */
export function createStsClient(config: STSClientConfig): STSClient {
  const client = withoutVersionNotice(() => new STSClient({ ...connection(process.env), ...config }));
  client.middlewareStack.add(explain, OUTERMOST);
  return client;
}

/** An IAM client, likewise. */
export function createIamClient(config: IAMClientConfig): IAMClient {
  const client = withoutVersionNotice(() => new IAMClient({ ...connection(process.env), ...config }));
  client.middlewareStack.add(explain, OUTERMOST);
  return client;
}

/** A CloudTrail client, likewise. */
export function createCloudTrailClient(config: CloudTrailClientConfig): CloudTrailClient {
  const client = withoutVersionNotice(() => new CloudTrailClient({ ...connection(process.env), ...config }));
  client.middlewareStack.add(explain, OUTERMOST);
  return client;
}

/** A bucket's setting; undefined if S3 answers with the error code for "never set". */
export async function unlessUnset<T>(code: string, answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === code) return undefined;
    throw error;
  }
}
