import type { ActionCatalogue } from "../data/action-details";
import type { Effective } from "./effective";
import { gainedCall, type RiskyCall } from "./possible";

/** Data that can be destroyed, and how. */
export interface Destruction {
  /** The call. */
  readonly action: string;
  /** One resource on which it is possible. Undefined: it may be possible on some. */
  readonly resource?: string;
}

/**
 * Calls that destroy data with no copy left: stores, their backups, the versions that protect them,
 * and keys without which they cannot be read (Service Authorization Reference, access level
 * "Write", of each service). Deleting objects is not one of them: in a bucket that a policy names,
 * replacing files is what a deploy does, and for every bucket it is all data of a service.
 */
const DESTROYING: readonly RiskyCall[] = [
  { action: "s3:DeleteObjectVersion" },
  { action: "s3:PutLifecycleConfiguration" },
  { action: "dynamodb:DeleteTable" },
  { action: "dynamodb:DeleteBackup" },
  { action: "rds:DeleteDBInstance" },
  { action: "rds:DeleteDBCluster" },
  { action: "rds:DeleteDBSnapshot" },
  { action: "rds:DeleteDBClusterSnapshot" },
  { action: "redshift:DeleteCluster" },
  { action: "redshift:DeleteClusterSnapshot" },
  { action: "redshift-serverless:DeleteNamespace" },
  { action: "ec2:DeleteVolume" },
  { action: "ec2:DeleteSnapshot" },
  { action: "ec2:TerminateInstances" },
  { action: "elasticfilesystem:DeleteFileSystem" },
  { action: "fsx:DeleteFileSystem" },
  { action: "fsx:DeleteBackup" },
  { action: "backup:DeleteRecoveryPoint" },
  { action: "backup:DeleteBackupVault" },
  { action: "kms:ScheduleKeyDeletion" },
  { action: "kms:DeleteImportedKeyMaterial" },
  { action: "secretsmanager:DeleteSecret" },
  { action: "ssm:DeleteParameter" },
  { action: "ssm:DeleteParameters" },
  { action: "es:DeleteDomain" },
  { action: "aoss:DeleteCollection" },
  { action: "elasticache:DeleteCacheCluster" },
  { action: "elasticache:DeleteReplicationGroup" },
  { action: "elasticache:DeleteSnapshot" },
  { action: "memorydb:DeleteCluster" },
  { action: "glacier:DeleteArchive" },
  { action: "glacier:DeleteVault" },
  { action: "kinesis:DeleteStream" },
  { action: "sqs:PurgeQueue" },
  { action: "sqs:DeleteQueue" },
  { action: "logs:DeleteLogGroup" },
  { action: "logs:DeleteLogStream" },
  { action: "ecr:DeleteRepository" },
  { action: "codecommit:DeleteRepository" },
  { action: "timestream:DeleteTable" },
  { action: "cassandra:Drop" },
  { action: "cognito-idp:DeleteUserPool" },
  { action: "cloudformation:DeleteStack" },
];

/** All calls that count. */
export const DESTROYING_ACTIONS: readonly string[] = DESTROYING.map(({ action }) => action);

/**
 * What can be destroyed after a change and could not before.
 * @param before undefined: nothing was allowed
 * @param catalogue has the types of the resources that are shown
 */
export function destructionsBetween(
  before: Effective | undefined,
  after: Effective,
  catalogue?: ActionCatalogue,
): readonly Destruction[] {
  return DESTROYING.flatMap((call) => {
    const found = gainedCall(before, after, call, catalogue);
    if (found === undefined) return [];
    return [{ action: call.action, ...(found === "undetermined" ? {} : { resource: found.resource }) }];
  });
}
