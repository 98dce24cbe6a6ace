/** An S3 operation, and the permission that it requires. */
interface S3Operation {
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  readonly on: "service" | "bucket" | "object";
  /** Query parameters that identify the operation. All of them must be present. */
  readonly marks: readonly string[];
  /** Other parameters of the operation. A request with any other parameter does not match. */
  readonly takes: readonly string[];
  readonly action: string;
  /**
   * The action if the request names a version. Undefined: the operation does not support versions.
   */
  readonly versioned?: string;
  /** The kind of body that the operation has. */
  readonly body: "none" | "document" | "object";
}

const LIST = ["prefix", "delimiter", "max-keys", "encoding-type"];
const RESPONSE = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
].map((name) => `response-${name}`);

type Settings = Partial<Pick<S3Operation, "takes" | "versioned" | "body">>;

function operation(
  call: `${S3Operation["method"]} ${S3Operation["on"]}`,
  marks: readonly string[],
  action: string,
  { takes = [], body = "none", ...rest }: Settings = {},
): S3Operation {
  const [method, on] = call.split(" ") as [S3Operation["method"], S3Operation["on"]];
  return { method, on, marks, takes, action: `s3:${action}`, body, ...rest };
}

/** A setting of a bucket: its read, write and delete operations have the same parameter. */
function setting(mark: string, read: string, write: string, remove?: string): readonly S3Operation[] {
  return [
    operation("GET bucket", [mark], read),
    operation("PUT bucket", [mark], write, { body: "document" }),
    ...(remove === undefined ? [] : [operation("DELETE bucket", [mark], remove)]),
  ];
}

/**
 * Operations that S3 and moto interpret alike, with the permission that each requires (Service
 * Authorization Reference, "Actions, resources, and condition keys for Amazon S3"; Amazon S3 User
 * Guide, "Required permissions for Amazon S3 API operations"). Operations that moto interprets
 * differently (`GET ?retention`, forms, …) are not listed, and are denied.
 */
const S3_OPERATIONS: readonly S3Operation[] = [
  operation("GET service", [], "ListAllMyBuckets", {
    takes: ["prefix", "max-buckets", "continuation-token", "bucket-region"],
  }),
  operation("GET object", [], "GetObject", {
    takes: ["partNumber", ...RESPONSE],
    versioned: "s3:GetObjectVersion",
  }),
  operation("HEAD object", [], "GetObject", {
    takes: ["partNumber", ...RESPONSE],
    versioned: "s3:GetObjectVersion",
  }),
  operation("PUT object", [], "PutObject", { body: "object" }),
  operation("DELETE object", [], "DeleteObject", { versioned: "s3:DeleteObjectVersion" }),
  operation("GET object", ["acl"], "GetObjectAcl", { versioned: "s3:GetObjectVersionAcl" }),
  operation("PUT object", ["acl"], "PutObjectAcl", { versioned: "s3:PutObjectVersionAcl", body: "document" }),
  operation("GET object", ["tagging"], "GetObjectTagging", { versioned: "s3:GetObjectVersionTagging" }),
  operation("PUT object", ["tagging"], "PutObjectTagging", {
    versioned: "s3:PutObjectVersionTagging",
    body: "document",
  }),
  operation("DELETE object", ["tagging"], "DeleteObjectTagging", {
    versioned: "s3:DeleteObjectVersionTagging",
  }),
  operation("GET object", ["legal-hold"], "GetObjectLegalHold", { versioned: "s3:GetObjectLegalHold" }),
  operation("PUT object", ["legal-hold"], "PutObjectLegalHold", {
    versioned: "s3:PutObjectLegalHold",
    body: "document",
  }),
  operation("PUT object", ["retention"], "PutObjectRetention", {
    versioned: "s3:PutObjectRetention",
    body: "document",
  }),
  operation("POST object", ["uploads"], "PutObject"),
  operation("PUT object", ["partNumber", "uploadId"], "PutObject", { body: "object" }),
  operation("POST object", ["uploadId"], "PutObject", { body: "document" }),
  operation("DELETE object", ["uploadId"], "AbortMultipartUpload"),
  operation("GET object", ["uploadId"], "ListMultipartUploadParts", {
    takes: ["max-parts", "part-number-marker"],
  }),
  operation("GET bucket", [], "ListBucket", { takes: [...LIST, "marker"] }),
  operation("GET bucket", ["list-type"], "ListBucket", {
    takes: [...LIST, "continuation-token", "start-after", "fetch-owner"],
  }),
  operation("GET bucket", ["versions"], "ListBucketVersions", {
    takes: [...LIST, "key-marker", "version-id-marker"],
  }),
  operation("GET bucket", ["uploads"], "ListBucketMultipartUploads", {
    takes: ["prefix", "delimiter", "key-marker", "upload-id-marker", "max-uploads", "encoding-type"],
  }),
  operation("HEAD bucket", [], "ListBucket"),
  operation("PUT bucket", [], "CreateBucket", { body: "document" }),
  operation("DELETE bucket", [], "DeleteBucket"),
  operation("GET bucket", ["location"], "GetBucketLocation"),
  operation("GET bucket", ["policyStatus"], "GetBucketPolicyStatus"),
  operation("GET bucket", ["requestPayment"], "GetBucketRequestPayment"),
  ...setting("policy", "GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy"),
  ...setting("versioning", "GetBucketVersioning", "PutBucketVersioning"),
  ...setting(
    "lifecycle",
    "GetLifecycleConfiguration",
    "PutLifecycleConfiguration",
    "PutLifecycleConfiguration",
  ),
  ...setting("website", "GetBucketWebsite", "PutBucketWebsite", "DeleteBucketWebsite"),
  ...setting("acl", "GetBucketAcl", "PutBucketAcl"),
  ...setting("tagging", "GetBucketTagging", "PutBucketTagging", "PutBucketTagging"),
  ...setting("logging", "GetBucketLogging", "PutBucketLogging"),
  ...setting("cors", "GetBucketCORS", "PutBucketCORS", "PutBucketCORS"),
  ...setting("notification", "GetBucketNotification", "PutBucketNotification"),
  ...setting("accelerate", "GetAccelerateConfiguration", "PutAccelerateConfiguration"),
  ...setting(
    "publicAccessBlock",
    "GetBucketPublicAccessBlock",
    "PutBucketPublicAccessBlock",
    "PutBucketPublicAccessBlock",
  ),
  ...setting(
    "encryption",
    "GetEncryptionConfiguration",
    "PutEncryptionConfiguration",
    "PutEncryptionConfiguration",
  ),
  ...setting(
    "replication",
    "GetReplicationConfiguration",
    "PutReplicationConfiguration",
    "PutReplicationConfiguration",
  ),
  ...setting(
    "ownershipControls",
    "GetBucketOwnershipControls",
    "PutBucketOwnershipControls",
    "PutBucketOwnershipControls",
  ),
  ...setting("object-lock", "GetBucketObjectLockConfiguration", "PutBucketObjectLockConfiguration"),
];

const MARKS = new Set(S3_OPERATIONS.flatMap(({ marks }) => marks));
/** Parameters of presigned URLs and SDKs. They do not identify an operation. */
const BESIDE =
  /^(x-id|x-amz-(algorithm|credential|date|expires|signature|signedheaders|security-token|content-sha256|checksum-mode))$/i;

export interface MatchedOperation {
  readonly operation: S3Operation;
  /** Parameters of the operation, in the order of the request. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

/**
 * The operation of a request. Undefined: it is not listed, or the request has an unsupported
 * parameter.
 */
export function findOperation(
  method: string,
  on: S3Operation["on"],
  query: URLSearchParams,
): MatchedOperation | undefined {
  const parameters = [...query].filter(([name]) => !BESIDE.test(name));
  const names = parameters.map(([name]) => name);
  if (new Set(names).size !== names.length) return undefined;
  const marks = names.filter((name) => MARKS.has(name)).sort();
  const operation = S3_OPERATIONS.find(
    (one) => one.method === method && one.on === on && [...one.marks].sort().join() === marks.join(),
  );
  if (operation === undefined) return undefined;
  const takes = new Set([
    ...operation.marks,
    ...operation.takes,
    ...(operation.versioned === undefined ? [] : ["versionId"]),
  ]);
  // Other values select the previous version of the list operation.
  if (operation.marks.includes("list-type") && query.get("list-type") !== "2") return undefined;
  return names.every((name) => takes.has(name)) ? { operation, parameters } : undefined;
}
