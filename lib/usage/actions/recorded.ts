import type { AwsData } from "../../iam/data/aws-data";

/**
 * Services of which AWS documents that CloudTrail records every call as a management event, and the
 * actions of them that a role can need without a record of its own: those of data events; those
 * that no operation has, such as `iam:PassRole`; those that another operation checks besides its
 * own, such as tags of what is created; and those of agents. Sources, read on 2026-11-30, are the
 * pages on CloudTrail of the CloudFormation, CloudFront, ECR, ECS, IAM, Secrets Manager and Systems
 * Manager guides ("all actions are logged", "captures all API calls", "logs all control plane
 * operations"), and the table of data events in the CloudTrail User Guide, "Understanding
 * CloudTrail events": of these services `AWS::CloudFront::KeyValueStore`, whose actions have a
 * prefix of their own, `AWS::ECS::ContainerInstance`, `AWS::SSM::ManagedNode` and
 * `AWS::SSM::ExecutionPreview`.
 */
const RECORDED: Readonly<Record<string, RegExp>> = {
  cloudformation: /^(?:CreateUploadBucket|SetStackPolicy)$/,
  cloudfront:
    /^(?:Allow|Associate|Disassociate|CopyDistribution|CreateSavingsPlan|CreateStreaming|DescribeKeyValue|GetSavingsPlan)/,
  ecr: /^(?:BatchImportUpstreamImage|ReplicateImage|CreateRepository$)/,
  ecs: /^(?:Allow|DiscoverPollEndpoint|Poll|PutSystemLogEvents|StartTelemetrySession|Submit)/,
  iam: /^(?:PassRole|CreateServiceLinkedRole|SetDefaultPolicyVersion$)/,
  secretsmanager: /^GetRandomPassword$/,
  ssm: /^(?:ExecuteAPI|GetManifest|PutConfigurePackageResult|DescribeDocumentParameters|RegisterManagedInstance|RequestManagedInstance|GetAccessToken|.*ExecutionPreview)/,
};

/**
 * Of Lambda, the actions that its guide lists as management events ("Logging AWS Lambda API calls",
 * read on 2026-11-30): it does not say that all others are recorded.
 */
const OF_LAMBDA =
  /^(?:Add(?:LayerVersion)?Permission|(?:Create|Delete|Get|Update)(?:Alias|EventSourceMapping|FunctionUrlConfig)|(?:Create|Delete|Get)Function|(?:Delete|Put)FunctionConcurrency|(?:Delete|Put)ProvisionedConcurrencyConfig|(?:Delete|Update)CodeSigningConfig|Get(?:FunctionConfiguration|LayerVersionPolicy|Policy)|List(?:EventSourceMappings|Functions|FunctionUrlConfigs)|Publish(?:Layer)?Version|Put(?:FunctionCodeSigningConfig|FunctionEventInvokeConfig|RuntimeManagementConfig)|RemovePermission|UpdateFunction(?:Code|Configuration|EventInvokeConfig))$/;

/**
 * Of S3, what is done to buckets and their settings: "Amazon S3 logs all control plane operations
 * as management events" ("Amazon S3 CloudTrail events", read on 2026-11-30). Without those that
 * other operations check as well, such as `s3:PutBucketAcl` when a bucket is created.
 */
const OF_BUCKETS =
  /^(?:CreateBucket|DeleteBucket(?:Policy|Website)?|ListAllMyBuckets|Get(?:Accelerate|Encryption|Inventory|Lifecycle|Metrics|Analytics|Replication|IntelligentTiering)Configuration|GetBucket(?:Acl|CORS|Location|Logging|Notification|OwnershipControls|Policy|PolicyStatus|PublicAccessBlock|RequestPayment|Versioning|Website)|Put(?:Accelerate|Encryption|Inventory|Lifecycle|Metrics|Analytics|Replication|IntelligentTiering)Configuration|PutBucket(?:CORS|Logging|Notification|Policy|PublicAccessBlock|RequestPayment|Website))$/;

/**
 * The same for records of which a kind may be missing, because the trail does not select it.
 * @param aws without a catalogue of actions every action counts as both kinds
 */
export function recordedBy(
  { reads, writes }: { readonly reads: boolean; readonly writes: boolean },
  { actions }: Pick<AwsData, "actions">,
): (action: string) => boolean {
  return (action) => {
    if (!isRecorded(action)) return false;
    const level = actions?.detailsOf(action)?.level;
    const isRead = level === "read" || level === "list";
    return (reads || (level !== undefined && !isRead)) && (writes || isRead);
  };
}

/**
 * Whether an action that was needed leaves a record of its own in the management events that trails
 * record by default. Only of such an action can it be said that it was not used. What is not known
 * counts as not recorded.
 * @param action such as `s3:GetBucketAcl`, as the Service Authorization Reference writes it
 */
export function isRecorded(action: string): boolean {
  const [service = "", name = ""] = action.split(":");
  if (service === "s3") return OF_BUCKETS.test(name);
  if (service === "lambda") return OF_LAMBDA.test(name);
  const exception = Object.hasOwn(RECORDED, service) ? RECORDED[service] : undefined;
  // Tags of what is created are checked without an event of their own.
  return (
    exception !== undefined && !exception.test(name) && !/^(?:Tag|Untag|Add.*Tags|Remove.*Tags)/.test(name)
  );
}
