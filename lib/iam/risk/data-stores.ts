/** A kind of data that a service keeps. */
export interface DataStore {
  /** Of what there is one: `secret`, for the words of a report. */
  readonly what: DataStoreName;
  /** Calls that read the data themselves, not only what describes them. */
  readonly reads: readonly string[];
  /** Calls that change or replace the data. */
  readonly writes: readonly string[];
  /** The ARN of one of them, with `NAME` for its name (Service Authorization Reference). */
  readonly arn: string;
}

export type DataStoreName =
  | "object"
  | "secret"
  | "parameter"
  | "table"
  | "key"
  | "queue"
  | "stream"
  | "log-group"
  | "image"
  | "repository"
  | "function"
  | "snapshot"
  | "database-snapshot"
  | "mailbox";

/**
 * Where the data of accounts are, and the calls that read or write them, from the Service
 * Authorization Reference of each service.
 */
export const DATA_STORES: readonly DataStore[] = [
  {
    what: "object",
    reads: ["s3:GetObject", "s3:GetObjectVersion"],
    writes: ["s3:PutObject", "s3:DeleteObject"],
    arn: "arn:PARTITION:s3:::NAME/NAME",
  },
  {
    what: "secret",
    reads: ["secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue"],
    writes: ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecret"],
    arn: "arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME",
  },
  {
    what: "parameter",
    reads: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
    writes: ["ssm:PutParameter"],
    arn: "arn:PARTITION:ssm:REGION:ACCOUNT:parameter/NAME",
  },
  {
    what: "table",
    reads: ["dynamodb:GetItem", "dynamodb:Scan", "dynamodb:Query", "dynamodb:ExportTableToPointInTime"],
    writes: ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
    arn: "arn:PARTITION:dynamodb:REGION:ACCOUNT:table/NAME",
  },
  {
    what: "key",
    reads: ["kms:Decrypt"],
    writes: ["kms:CreateGrant"],
    arn: "arn:PARTITION:kms:REGION:ACCOUNT:key/NAME",
  },
  {
    what: "queue",
    reads: ["sqs:ReceiveMessage"],
    writes: ["sqs:SendMessage"],
    arn: "arn:PARTITION:sqs:REGION:ACCOUNT:NAME",
  },
  {
    what: "stream",
    reads: ["kinesis:GetRecords"],
    writes: ["kinesis:PutRecord", "kinesis:PutRecords"],
    arn: "arn:PARTITION:kinesis:REGION:ACCOUNT:stream/NAME",
  },
  {
    what: "log-group",
    reads: ["logs:GetLogEvents", "logs:FilterLogEvents", "logs:StartQuery"],
    writes: [],
    arn: "arn:PARTITION:logs:REGION:ACCOUNT:log-group:NAME:log-stream:NAME",
  },
  {
    what: "image",
    reads: ["ecr:GetDownloadUrlForLayer"],
    writes: ["ecr:PutImage"],
    arn: "arn:PARTITION:ecr:REGION:ACCOUNT:repository/NAME",
  },
  {
    what: "repository",
    reads: ["codecommit:GitPull", "codecommit:GetFile"],
    writes: ["codecommit:GitPush"],
    arn: "arn:PARTITION:codecommit:REGION:ACCOUNT:NAME",
  },
  {
    what: "function",
    reads: ["lambda:GetFunction"],
    writes: [],
    arn: "arn:PARTITION:lambda:REGION:ACCOUNT:function:NAME",
  },
  {
    what: "snapshot",
    reads: ["ebs:GetSnapshotBlock"],
    writes: [],
    arn: "arn:PARTITION:ec2:REGION::snapshot/NAME",
  },
  {
    what: "database-snapshot",
    reads: ["rds:RestoreDBInstanceFromDBSnapshot", "rds:StartExportTask", "rds:CopyDBSnapshot"],
    writes: [],
    arn: "arn:PARTITION:rds:REGION:ACCOUNT:snapshot:NAME",
  },
  {
    what: "mailbox",
    reads: ["workmail:StartMailboxExportJob"],
    writes: [],
    arn: "arn:PARTITION:workmail:REGION:ACCOUNT:organization/NAME",
  },
];
