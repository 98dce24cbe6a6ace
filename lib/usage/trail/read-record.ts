import { type Interest, isCircleCi, roleIn, roleOfArn } from "./interest";
import type { Times } from "./observed";
import type { Tally } from "./tally";

/** Codes with which AWS refuses a call for lack of a permission (IAM User Guide, "Troubleshooting"). */
const DENIED = /AccessDenied|UnauthorizedOperation|NotAuthorized|^Forbidden/;

/** A record that is not one of CloudTrail's: it has no time, no source or no name. */
export class NoRecord extends Error {}

/** Whether what a record says counts, and where: the roles in a set, so that the answer is quick. */
export interface Wanted extends Interest {
  readonly roleSet: ReadonlySet<string>;
}

export function wantedOf(interest: Interest): Wanted {
  return { ...interest, roleSet: new Set(interest.roles) };
}

/**
 * Adds what one record says to a tally: an assumption of a role, or a call in a session of one. The
 * fields are those of the CloudTrail User Guide ("CloudTrail record contents", "CloudTrail
 * userIdentity element") and the IAM User Guide ("Logging IAM and AWS STS API calls with AWS
 * CloudTrail").
 * @throws NoRecord
 */
export function addRecord(record: unknown, wanted: Wanted, tally: Tally): void {
  const time = textAt(record, "eventTime");
  const source = textAt(record, "eventSource");
  const name = textAt(record, "eventName");
  if (time === "" || source === "" || name === "")
    throw new NoRecord("no eventTime, eventSource or eventName");
  if (!/^$|^AwsApiCall$/.test(textAt(record, "eventType"))) return;
  const times = { count: 1, first: time, last: time };
  if (source === "sts.amazonaws.com" && name.startsWith("AssumeRole")) {
    if (addAssumption(record, name, times, wanted, tally)) return;
  }
  addCall(record, { source, name, times }, wanted, tally);
}

/** @returns whether the record was one of an assumption that counts, and not also a call that does */
function addAssumption(record: unknown, name: string, times: Times, wanted: Wanted, tally: Tally): boolean {
  const role = textAt(record, "requestParameters", "roleArn");
  const parts = roleOfArn(role);
  const isOurs = parts !== undefined && wanted.roleSet.has(roleIn(parts.account, parts.name));
  const error = textAt(record, "errorCode");
  const accessKey = textAt(record, "responseElements", "credentials", "accessKeyId");
  const session = accessKey === "" ? undefined : accessKey;
  if (name === "AssumeRoleWithWebIdentity") {
    const provider =
      textAt(record, "userIdentity", "identityProvider") || textAt(record, "responseElements", "provider");
    const subject =
      textAt(record, "userIdentity", "userName") ||
      textAt(record, "responseElements", "subjectFromWebIdentityToken");
    if (!isOurs && !isCircleCi(provider, wanted) && !/^org\/[0-9a-f-]{36}\/project\//.test(subject)) {
      tally.addElsewhere(1);
      return true;
    }
    tally.addAssumed({ role, by: "web-identity", subject, provider, error }, times, session);
    return true;
  }
  if (!isOurs) return false;
  const subject = textAt(record, "userIdentity", "arn") || textAt(record, "userIdentity", "principalId");
  tally.addAssumed({ role, by: "other", subject, provider: "", error }, times, session);
  return false;
}

function addCall(
  record: unknown,
  { source, name, times }: { readonly source: string; readonly name: string; readonly times: Times },
  wanted: Wanted,
  tally: Tally,
): void {
  if (textAt(record, "userIdentity", "type") !== "AssumedRole") return;
  const role = textAt(record, "userIdentity", "sessionContext", "sessionIssuer", "arn");
  const parts = roleOfArn(role);
  if (parts === undefined) return;
  const provider = textAt(
    record,
    ...["userIdentity", "sessionContext", "webIdFederationData", "federatedProvider"],
  );
  if (!wanted.roleSet.has(roleIn(parts.account, parts.name)) && !isCircleCi(provider, wanted)) return;
  const session = textAt(record, "userIdentity", "accessKeyId");
  const denied = DENIED.test(textAt(record, "errorCode"));
  tally.addCalled({ role, session, source, name, denied }, times);
}

/** The text at a path of keys; empty: there is none. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  let found: unknown = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return "";
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return typeof found === "string" ? found : "";
}
