import { eventResources } from "./event-resources";
import { type Interest, isCircleCi, roleIn, roleOfArn } from "./interest";
import type { Times } from "./observed";
import { eventNumber } from "./recent-events";
import type { Tally } from "./tally";
import { textAt } from "./text-at";

/**
 * Codes with which AWS refuses a call for lack of a permission (IAM User Guide, "Troubleshooting").
 */
const DENIED = /AccessDenied|UnauthorizedOperation|NotAuthorized|^Forbidden/;

/** As CloudTrail writes it: in UTC, to the second. */
export const EVENT_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** A record that is not one of CloudTrail's: it has no time, no source or no name. */
export class NoRecord extends Error {}

/**
 * Whether what a record says counts, and where: the roles in a set, so that the answer is quick.
 */
export interface Wanted extends Interest {
  readonly roleSet: ReadonlySet<string>;
}

/** One record, with its number. */
interface Counted extends Times {
  readonly event: number | undefined;
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
  if (!EVENT_TIME.test(time))
    throw new NoRecord(`eventTime is "${time.slice(0, 40)}", and not a time in UTC`);
  if (!/^$|^AwsApiCall$/.test(textAt(record, "eventType"))) return;
  const times = { count: 1, first: time, last: time, event: eventNumber(textAt(record, "eventID")) };
  if (source === "sts.amazonaws.com" && name.startsWith("AssumeRole")) {
    if (addAssumption(record, name, times, wanted, tally)) return;
  }
  addCall(record, { source, name, times }, wanted, tally);
}

/**
 * @returns whether the record was one of an assumption that counts, and not also a call that does
 */
function addAssumption(record: unknown, name: string, times: Counted, wanted: Wanted, tally: Tally): boolean {
  const role = textAt(record, "requestParameters", "roleArn");
  const parts = roleOfArn(role);
  const isOurs = parts !== undefined && wanted.roleSet.has(roleIn(parts.account, parts.name));
  const error = textAt(record, "errorCode");
  const accessKey = textAt(record, "responseElements", "credentials", "accessKeyId");
  const session = accessKey === "" ? undefined : accessKey;
  const [roleId = ""] = textAt(record, "responseElements", "assumedRoleUser", "assumedRoleId").split(":");
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
    tally.addAssumed({ role, roleId, by: "web-identity", subject, provider, error }, times, session);
    return true;
  }
  if (!isOurs) return false;
  // A session's own ARN and ID end in its name, which the caller chose.
  const subject =
    textAt(record, "userIdentity", "sessionContext", "sessionIssuer", "arn") ||
    ["arn", "principalId", "invokedBy"]
      .map((key) => textAt(record, "userIdentity", key))
      .find((one) => one !== "") ||
    "";
  tally.addAssumed({ role, roleId, by: "other", subject, provider: "", error }, times, session);
  return false;
}

function addCall(
  record: unknown,
  { source, name, times }: { readonly source: string; readonly name: string; readonly times: Counted },
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
  const resources = eventResources(record, source, role);
  const named = resources.length === 0 ? {} : { resources };
  tally.addCalled({ role, session, source, name, denied }, times, named);
}
