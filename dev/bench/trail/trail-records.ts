/** Whose account the records are of, and who assumes which of its roles. */
export interface TrailShape {
  /** 12 digits. */
  readonly account: string;
  readonly organization: string;
  readonly project: string;
  readonly people: readonly string[];
  /** Names of roles of access.yaml. */
  readonly roles: readonly string[];
}

/**
 * One record of so many is of a role of access.yaml; the others are what an account does besides.
 */
export const OURS = 40;

/** What runs in an account besides deploys, with parameters of usual sizes. */
const OTHERS = [
  [
    "ec2.amazonaws.com",
    "DescribeInstances",
    '{"filterSet":{"items":[{"name":"instance-state-name","valueSet":{"items":[{"value":"running"}]}}]},"maxResults":1000}',
  ],
  [
    "kms.amazonaws.com",
    "Decrypt",
    '{"encryptionAlgorithm":"SYMMETRIC_DEFAULT","encryptionContext":{"aws:s3:arn":"arn:aws:s3:::acme-data/part-000017.parquet"}}',
  ],
  [
    "sts.amazonaws.com",
    "AssumeRole",
    '{"roleArn":"arn:aws:iam::123456789012:role/service-role/worker","roleSessionName":"worker-7","durationSeconds":3600}',
  ],
  [
    "logs.amazonaws.com",
    "CreateLogStream",
    '{"logGroupName":"/aws/lambda/resize","logStreamName":"2026/11/03/[$LATEST]5d41402abc4b2a76b9719d911017c592"}',
  ],
  [
    "ecr.amazonaws.com",
    "BatchGetImage",
    '{"registryId":"123456789012","repositoryName":"api","imageIds":[{"imageTag":"latest"}],"acceptedMediaTypes":["application/vnd.docker.distribution.manifest.v2+json"]}',
  ],
  [
    "s3.amazonaws.com",
    "GetBucketAcl",
    '{"bucketName":"acme-data","Host":"acme-data.s3.us-east-1.amazonaws.com","acl":""}',
  ],
] as const;

/** What a deploy calls. */
const DEPLOYS = [
  "CreateInvalidation cloudfront",
  "UpdateService ecs",
  "DescribeServices ecs",
  "ListObjects s3",
] as const;

export function hex(next: () => number, length: number): string {
  let text = "";
  while (text.length < length)
    text += Math.floor(next() * 0x1000000)
      .toString(16)
      .padStart(6, "0");
  return text.slice(0, length);
}

function uuid(next: () => number): string {
  const text = hex(next, 32);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join(
    "-",
  );
}

function common(day: Date, index: number, source: string, name: string, account: string, next: () => number) {
  return {
    eventTime: `${new Date(day.getTime() + index * 150).toISOString().slice(0, 19)}Z`,
    eventSource: source,
    eventName: name,
    awsRegion: "us-east-1",
    sourceIPAddress: `10.${Math.floor(next() * 255)}.${Math.floor(next() * 255)}.7`,
    userAgent: "aws-sdk-go-v2/1.41.0 os/linux lang/go#1.25.3 md/GOOS#linux md/GOARCH#arm64 api/ec2#1.275.0",
    requestID: uuid(next),
    eventID: uuid(next),
    readOnly: true,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: "Management",
    tlsDetails: {
      tlsVersion: "TLSv1.3",
      cipherSuite: "TLS_AES_128_GCM_SHA256",
      clientProvidedHostHeader: `${source.split(".")[0]}.us-east-1.amazonaws.com`,
    },
  };
}

/** In the order in which CloudTrail writes them. */
function record(
  userIdentity: object,
  rest: ReturnType<typeof common>,
  requestParameters: unknown,
  responseElements: unknown,
) {
  const { eventTime, eventSource, eventName, awsRegion, sourceIPAddress, userAgent, ...after } = rest;
  const before = { eventTime, eventSource, eventName, awsRegion, sourceIPAddress, userAgent };
  return { eventVersion: "1.11", userIdentity, ...before, requestParameters, responseElements, ...after };
}

function sessionOf(account: string, role: string, session: string, key: string, provider?: string) {
  return {
    type: "AssumedRole",
    principalId: `AROAEXAMPLE${role.toUpperCase().slice(0, 8)}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    accountId: account,
    accessKeyId: key,
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId: "AROAEXAMPLE",
        arn: `arn:aws:iam::${account}:role/${role}`,
        accountId: account,
        userName: role,
      },
      ...(provider === undefined
        ? {}
        : { webIdFederationData: { federatedProvider: provider, attributes: {} } }),
      attributes: { creationDate: "2026-09-01T00:00:00Z", mfaAuthenticated: "false" },
    },
  };
}

export function other(day: Date, index: number, { account }: TrailShape, next: () => number) {
  const [source, name, parameters] = OTHERS[Math.floor(next() * OTHERS.length)] ?? OTHERS[0];
  const worker = `worker-${Math.floor(next() * 300)}`;
  const identity = sessionOf(account, worker, `i-0${hex(next, 16)}`, `ASIA${hex(next, 16).toUpperCase()}`);
  return record(identity, common(day, index, source, name, account, next), JSON.parse(parameters), null);
}

export function ours(day: Date, index: number, shape: TrailShape, next: () => number) {
  const { account, organization, project, people, roles } = shape;
  const role = roles[Math.floor(next() * roles.length)] ?? "";
  const provider = `arn:aws:iam::${account}:oidc-provider/oidc.circleci.com/org/${organization}`;
  // One session a file and role: a deploy takes minutes.
  const key = `ASIA${(day.getTime() / 60_000).toString(36).toUpperCase()}${role
    .toUpperCase()
    .replace(/[^A-Z]/g, "")
    .slice(0, 6)}`;
  if (index % (OURS * 10) === 0) {
    const person = people[Math.floor(next() * people.length)] ?? "";
    const sub = `org/${organization}/project/${project}/user/${person}/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main`;
    const identity = {
      type: "WebIdentityUser",
      principalId: `${provider}:${organization}:${sub}`,
      userName: sub,
      identityProvider: provider,
    };
    const response = {
      credentials: { accessKeyId: key, sessionToken: hex(next, 300), expiration: "Sep 1, 2026, 1:00:00 AM" },
      subjectFromWebIdentityToken: sub,
      assumedRoleUser: {
        assumedRoleId: "AROAEXAMPLE:deploy",
        arn: `arn:aws:sts::${account}:assumed-role/${role}/deploy`,
      },
      provider,
      audience: organization,
    };
    const asked = {
      roleArn: `arn:aws:iam::${account}:role/${role}`,
      roleSessionName: "deploy",
      durationSeconds: 3600,
    };
    return record(
      identity,
      common(day, index, "sts.amazonaws.com", "AssumeRoleWithWebIdentity", account, next),
      asked,
      response,
    );
  }
  const [name = "", service = ""] = (DEPLOYS[Math.floor(next() * DEPLOYS.length)] ?? DEPLOYS[0]).split(" ");
  const identity = sessionOf(account, role, "deploy", key, provider);
  return record(
    identity,
    common(day, index, `${service}.amazonaws.com`, name, account, next),
    { cluster: "main", service: "web" },
    null,
  );
}
