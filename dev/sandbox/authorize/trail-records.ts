import { randomUUID } from "node:crypto";
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import path from "node:path";
import { notWritten } from "../../../lib/project/write-whole";
import type { Session } from "../account/sessions";
import type { DecisionLog, LoggedDecision } from "./decision-log";

/** Where calls of the global endpoint of STS, and of global services, are recorded. */
const GLOBAL_REGION = "us-east-1";
/**
 * Events whose names are not those of their actions (S3 User Guide, "Amazon S3 CloudTrail events").
 */
const EVENT_NAMES: Readonly<Record<string, string>> = {
  "s3:ListBucket": "ListObjects",
  "s3:ListAllMyBuckets": "ListBuckets",
  "lambda:InvokeFunction": "Invoke",
};
/** Actions of data events: objects of S3 and what lists them, and calls of functions. */
const DATA =
  /^(?:s3:(?:\w*Object\w*|ListBucket|ListBucketVersions|ListMultipartUploadParts|AbortMultipartUpload)|lambda:Invoke\w*)$/;
const ASSUME = "sts:AssumeRoleWithWebIdentity";

/**
 * A decision in the form of a CloudTrail record: who called what in which session, and the error. A
 * call that needs several permissions is several records, one for each decision. Undefined: a call
 * that the sandbox does not know, or of a caller without a session.
 */
export function trailRecord(
  decision: LoggedDecision,
  session: Session | undefined,
  account: string,
  region: string,
): object | undefined {
  const { action, time, code, message } = decision;
  if (action === undefined || (action !== ASSUME && session === undefined)) return undefined;
  const [service = "", name = ""] = action.split(":");
  const identity = action === ASSUME ? webIdentity(decision, account) : assumedRole(session);
  return {
    eventVersion: "1.11",
    userIdentity: identity,
    eventTime: `${time.slice(0, 19)}Z`,
    eventSource: `${service}.amazonaws.com`,
    eventName: EVENT_NAMES[action] ?? name,
    awsRegion: action === ASSUME || service === "iam" ? GLOBAL_REGION : region,
    sourceIPAddress: "127.0.0.1",
    userAgent: "sandbox",
    ...(code === undefined ? {} : { errorCode: code, errorMessage: message }),
    ...(action === ASSUME
      ? assumption(decision, session)
      : { requestParameters: null, responseElements: null }),
    requestID: randomUUID(),
    eventID: randomUUID(),
    readOnly: /^(?:Get|List|Describe|Head)/.test(name),
    resources: decision.resource === undefined ? [] : [{ ARN: decision.resource, accountId: account }],
    eventType: "AwsApiCall",
    managementEvent: !DATA.test(action),
    recipientAccountId: account,
    eventCategory: DATA.test(action) ? "Data" : "Management",
  };
}

function webIdentity({ claims = {} }: LoggedDecision, account: string): object {
  const { iss, sub, aud } = claims;
  if (typeof iss !== "string" || typeof sub !== "string") return { type: "WebIdentityUser" };
  const provider = `arn:aws:iam::${account}:oidc-provider/${iss.replace("https://", "")}`;
  const principalId = `${provider}:${String(aud)}:${sub}`;
  return { type: "WebIdentityUser", principalId, userName: sub, identityProvider: provider };
}

function assumption({ resource, claims }: LoggedDecision, session: Session | undefined): object {
  return {
    requestParameters: { roleArn: resource, roleSessionName: session?.arn.split("/").at(-1) },
    responseElements:
      session === undefined
        ? null
        : {
            credentials: { accessKeyId: session.accessKeyId },
            subjectFromWebIdentityToken: claims?.sub,
            assumedRoleUser: { assumedRoleId: session.userId, arn: session.arn },
            provider: session.provider,
          },
  };
}

function assumedRole(session: Session | undefined): object {
  if (session === undefined) return {};
  const { arn, userId, account, accessKeyId, roleArn, roleId, roleName, provider } = session;
  return {
    type: "AssumedRole",
    principalId: userId,
    arn,
    accountId: account,
    accessKeyId,
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId: roleId,
        arn: roleArn,
        accountId: account,
        userName: roleName,
      },
      ...(provider === undefined
        ? {}
        : { webIdFederationData: { federatedProvider: provider, attributes: {} } }),
      attributes: { creationDate: new Date(session.issued).toISOString(), mfaAuthenticated: "false" },
    },
  };
}

const HEAD = '{"Records":[';
const TAIL = "]}";

/**
 * Writes the records of every decision to a file of its own, where CloudTrail would write it in its
 * bucket. The file is valid JSON after each record.
 * @param folder stands for the bucket
 * @param now milliseconds since 1970
 * @param region of the account; calls of global services are recorded in us-east-1
 * @throws ProjectError `not-written` (exit 1)
 */
export function openTrail(folder: string, account: string, now: number, region = GLOBAL_REGION): DecisionLog {
  const [date = "", time = ""] = new Date(now).toISOString().split("T");
  const into = path.join(folder, "AWSLogs", account, "CloudTrail", region, ...date.split("-"));
  const stamp = `${date.replaceAll("-", "")}T${time.slice(0, 5).replace(":", "")}Z`;
  const file = path.join(into, `${account}_CloudTrail_${region}_${stamp}_${randomUUID().slice(0, 8)}.json`);
  let opened: number;
  try {
    mkdirSync(into, { recursive: true });
    opened = openSync(file, "wx");
    writeSync(opened, HEAD + TAIL, 0);
  } catch (cause) {
    throw notWritten(file, cause);
  }
  process.once("exit", () => closeSync(opened));
  let end = HEAD.length;
  return (decision, session) => {
    const record = trailRecord(decision, session, account, region);
    if (record === undefined) return;
    const text = Buffer.from(`${end === HEAD.length ? "" : ","}${JSON.stringify(record)}`);
    writeSync(opened, Buffer.concat([text, Buffer.from(TAIL)]), 0, text.length + TAIL.length, end);
    end += text.length;
  };
}
