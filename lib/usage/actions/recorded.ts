/**
 * Services of which AWS documents that CloudTrail records every call as a management event, and the
 * actions of them that a role can need without a record of its own: those of data events; those that
 * no operation has, such as `iam:PassRole`; those that another operation checks besides its own, such
 * as tags of what is created; and those of agents. Sources: the page "Logging … API calls with AWS
 * CloudTrail" of each service's guide; CloudTrail User Guide, "Logging data events".
 */
const RECORDED: Readonly<Record<string, RegExp>> = {
  cloudformation: /^(?:CreateUploadBucket|SetStackPolicy)$/,
  cloudfront:
    /^(?:Allow|Associate|Disassociate|CopyDistribution|CreateSavingsPlan|CreateStreaming|DescribeKeyValue|GetSavingsPlan)/,
  ecr: /^(?:BatchImportUpstreamImage|ReplicateImage|CreateRepository$)/,
  ecs: /^(?:Allow|DiscoverPollEndpoint|Poll|PutSystemLogEvents|StartTelemetrySession|Submit)/,
  iam: /^(?:PassRole|CreateServiceLinkedRole|SetDefaultPolicyVersion$)/,
  lambda: /^(?:Invoke|GetLayerVersion$|EnableReplication|DisableReplication|Pass|.*(?:Durable|Microvm))/,
  secretsmanager: /^GetRandomPassword$/,
  ssm: /^(?:ExecuteAPI|GetManifest|PutConfigurePackageResult|DescribeDocumentParameters|RegisterManagedInstance|GetAccessToken)/,
};

/** Of S3, what is done to buckets and their settings ("Amazon S3 CloudTrail events"). */
const OF_BUCKETS =
  /^(?:CreateBucket|DeleteBucket(?:Policy|Website)?|ListAllMyBuckets|Get(?:Accelerate|Encryption|Inventory|Lifecycle|Metrics|Analytics|Replication|IntelligentTiering)Configuration|GetBucket(?:Acl|CORS|Location|Logging|Notification|OwnershipControls|Policy|PolicyStatus|PublicAccessBlock|RequestPayment|Versioning|Website)|Put(?:Accelerate|Encryption|Inventory|Lifecycle|Metrics|Analytics|Replication|IntelligentTiering)Configuration|PutBucket(?:CORS|Logging|Notification|Policy|PublicAccessBlock|RequestPayment|Website))$/;

/**
 * Whether an action that was needed leaves a record of its own in the management events that trails
 * record by default. Only of such an action can it be said that it was not used. What is not known
 * counts as not recorded.
 * @param action such as `s3:GetBucketAcl`, as the Service Authorization Reference writes it
 */
export function isRecorded(action: string): boolean {
  const [service = "", name = ""] = action.split(":");
  if (service === "s3") return OF_BUCKETS.test(name);
  const exception = Object.hasOwn(RECORDED, service) ? RECORDED[service] : undefined;
  // Tags of what is created are checked without an event of their own.
  return (
    exception !== undefined && !exception.test(name) && !/^(?:Tag|Untag|Add.*Tags|Remove.*Tags)/.test(name)
  );
}
