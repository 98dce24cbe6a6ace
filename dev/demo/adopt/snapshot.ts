import {
  GetAccountAuthorizationDetailsCommand,
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  type IAMClient,
  ListOpenIDConnectProvidersCommand,
} from "@aws-sdk/client-iam";
import {
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";

/** An account's IAM and some of its buckets, exactly as AWS reports them, to find any change. */
export async function snapshot(
  { iam, s3 }: { readonly iam: IAMClient; readonly s3: S3Client },
  buckets: readonly string[],
): Promise<unknown> {
  const details = await iam.send(new GetAccountAuthorizationDetailsCommand({}));
  const names = (details.RoleDetailList ?? []).map(({ RoleName: name = "" }) => name).sort();
  const roles = await Promise.all(names.map((RoleName) => iam.send(new GetRoleCommand({ RoleName }))));
  const listed = await iam.send(new ListOpenIDConnectProvidersCommand({}));
  const arns = (listed.OpenIDConnectProviderList ?? []).map(({ Arn: arn }) => arn).sort();
  const providers = await Promise.all(
    arns.map((OpenIDConnectProviderArn) =>
      iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })),
    ),
  );
  const settings = await Promise.all(
    buckets.map(async (Bucket) => {
      const bucket = { Bucket };
      const answers = await Promise.all([
        orError(s3.send(new GetBucketAclCommand(bucket))),
        orError(s3.send(new GetBucketCorsCommand(bucket))),
        orError(s3.send(new GetBucketEncryptionCommand(bucket))),
        orError(s3.send(new GetBucketLifecycleConfigurationCommand(bucket))),
        orError(s3.send(new GetBucketLoggingCommand(bucket))),
        orError(s3.send(new GetBucketNotificationConfigurationCommand(bucket))),
        orError(s3.send(new GetBucketOwnershipControlsCommand(bucket))),
        orError(s3.send(new GetBucketPolicyCommand(bucket))),
        orError(s3.send(new GetBucketTaggingCommand(bucket))),
        orError(s3.send(new GetBucketVersioningCommand(bucket))),
        orError(s3.send(new GetBucketWebsiteCommand(bucket))),
        orError(s3.send(new GetPublicAccessBlockCommand(bucket))),
      ]);
      return [Bucket, ...answers];
    }),
  );
  return JSON.parse(
    JSON.stringify(
      { details: details.RoleDetailList, policies: details.Policies, roles, providers, settings },
      withoutMetadata,
    ),
  );
}

/** A setting that was never made is reported as an error: its name is the answer. */
async function orError(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    return error instanceof Error ? error.name : error;
  }
}

/** Without request ids, and with lists that have no order sorted. */
function withoutMetadata(key: string, value: unknown): unknown {
  if (key === "$metadata") return undefined;
  if (!Array.isArray(value) || key === "settings" || key === "roles" || key === "providers") return value;
  return [...value].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
