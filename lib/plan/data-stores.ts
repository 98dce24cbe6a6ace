import { isJsonObject } from "../iam/language/json";

type Values = Readonly<Record<string, unknown>>;

/** A kind of resource that holds data, which is lost when it is destroyed. */
interface DataStore {
  readonly noun: string;
  /** Attributes with its name, the one that people know first. */
  readonly name: readonly string[];
  /** What keeps the data when it is destroyed, by the state. Undefined: nothing does. */
  readonly keptBy: (before: Values) => string | undefined;
}

const nothing = () => undefined;
const unless = (attribute: string, words: string) => (before: Values) =>
  before[attribute] === true ? undefined : words;
const ifNamed = (attribute: string, words: string) => (before: Values) =>
  typeof before[attribute] === "string" && before[attribute] !== "" ? words : undefined;

const FINAL_SNAPSHOT = "a final snapshot is kept";
const ONLY_EMPTY = "only if it is empty";

function recoverable({ recovery_window_in_days: days = 30 }: Values): string | undefined {
  return days === 0 ? undefined : `it can be restored for ${String(days)} days`;
}

/** What a key encrypts cannot be read while its deletion is pending, and never after it. */
function pending({ deletion_window_in_days: days }: Values): string {
  const window = typeof days === "number" ? days : 30;
  return `what it encrypts cannot be read; the deletion can be canceled for ${window} days`;
}

function systemBackup({ point_in_time_recovery: recovery }: Values): string | undefined {
  const [block] = Array.isArray(recovery) ? recovery : [];
  return isJsonObject(block) && block.enabled === true ? "a system backup is kept for 35 days" : undefined;
}

/** A read replica holds a copy. */
function ofInstance(before: Values): string | undefined {
  return (
    ifNamed("replicate_source_db", "it is a replica")(before) ??
    unless("skip_final_snapshot", FINAL_SNAPSHOT)(before)
  );
}

/**
 * By type. What keeps the data is said by the arguments of each type (Terraform Registry, AWS
 * provider 5 and 6): `skip_final_snapshot`, `force_destroy`, `recovery_window_in_days`; and by AWS:
 * a table with point-in-time recovery leaves a backup ("Restoring a DynamoDB table to a point in
 * time").
 */
const STORES: ReadonlyMap<string, DataStore> = new Map(
  [
    store("database", ["identifier"], ofInstance, "db_instance"),
    store(
      "database cluster",
      ["cluster_identifier"],
      unless("skip_final_snapshot", FINAL_SNAPSHOT),
      "rds_cluster docdb_cluster neptune_cluster redshift_cluster",
    ),
    store(
      "database namespace",
      ["namespace_name"],
      ifNamed("final_snapshot_name", FINAL_SNAPSHOT),
      "redshiftserverless_namespace",
    ),
    store("table", ["name"], systemBackup, "dynamodb_table"),
    store("table", ["table_name", "name"], nothing, "keyspaces_table timestreamwrite_table s3tables_table"),
    store("bucket", ["bucket"], unless("force_destroy", ONLY_EMPTY), "s3_bucket s3_directory_bucket"),
    store(
      "volume",
      ["tags.Name"],
      ({ final_snapshot: kept }) => (kept === true ? FINAL_SNAPSHOT : undefined),
      "ebs_volume",
    ),
    store("file system", ["tags.Name", "creation_token"], nothing, "efs_file_system"),
    store(
      "file system",
      ["tags.Name"],
      unless("skip_final_backup", "a final backup is kept"),
      "fsx_windows_file_system fsx_lustre_file_system fsx_openzfs_file_system fsx_ontap_volume",
    ),
    store("KMS key", ["description", "key_id"], pending, "kms_key kms_external_key kms_replica_key"),
    store("secret", ["name"], recoverable, "secretsmanager_secret"),
    store(
      "cache",
      ["replication_group_id", "cluster_id"],
      ifNamed("final_snapshot_identifier", FINAL_SNAPSHOT),
      "elasticache_replication_group elasticache_cluster",
    ),
    store("database cluster", ["name"], ifNamed("final_snapshot_name", FINAL_SNAPSHOT), "memorydb_cluster"),
    store("search domain", ["domain_name"], nothing, "opensearch_domain elasticsearch_domain"),
    store(
      "log group",
      ["name"],
      ({ skip_destroy: kept }) => (kept === true ? "it remains in AWS" : undefined),
      "cloudwatch_log_group",
    ),
    store("image repository", ["name"], unless("force_delete", ONLY_EMPTY), "ecr_repository"),
    store("repository", ["repository_name"], nothing, "codecommit_repository"),
    store("stream", ["name"], nothing, "kinesis_stream"),
    store("Kafka cluster", ["cluster_name"], nothing, "msk_cluster"),
    store("user pool", ["name"], nothing, "cognito_user_pool"),
    store("backup vault", ["name"], unless("force_destroy", ONLY_EMPTY), "backup_vault"),
    store(
      "snapshot",
      ["db_snapshot_identifier", "db_cluster_snapshot_identifier", "tags.Name"],
      nothing,
      "db_snapshot db_cluster_snapshot ebs_snapshot ebs_snapshot_copy",
    ),
  ].flat(),
);

function store(
  noun: string,
  name: readonly string[],
  keptBy: DataStore["keptBy"],
  types: string,
): readonly (readonly [string, DataStore])[] {
  return types.split(" ").map((type) => [`aws_${type}`, { noun, name, keptBy }] as const);
}

export function storeOf(type: string): DataStore | undefined {
  return STORES.get(type);
}

/** What the rows of reports call several of. */
export const STORE_NOUNS: readonly string[] = [...new Set([...STORES.values()].map(({ noun }) => noun))];

/** An argument that protects the data of a store, and what is true without it. */
interface Protection {
  readonly attribute: string;
  readonly isOff: (value: unknown) => boolean;
  readonly words: string;
}

const isFalse = (value: unknown) => value === false;
const isTrue = (value: unknown) => value === true;

export const WITHOUT_PROTECTION: readonly Protection[] = [
  { attribute: "deletion_protection", isOff: isFalse, words: "no longer has deletion protection" },
  { attribute: "deletion_protection_enabled", isOff: isFalse, words: "no longer has deletion protection" },
  { attribute: "skip_final_snapshot", isOff: isTrue, words: "can now be destroyed without a final snapshot" },
  { attribute: "skip_final_backup", isOff: isTrue, words: "can now be destroyed without a final backup" },
  { attribute: "force_destroy", isOff: isTrue, words: "can now be destroyed with all that it holds" },
  { attribute: "force_delete", isOff: isTrue, words: "can now be destroyed with all that it holds" },
  {
    attribute: "recovery_window_in_days",
    isOff: (value) => value === 0,
    words: "can now be destroyed without a recovery window",
  },
  {
    attribute: "backup_retention_period",
    isOff: (value) => value === 0,
    words: "no longer has automatic backups",
  },
  { attribute: "is_enabled", isOff: isFalse, words: "is disabled: what it encrypts cannot be read" },
];
