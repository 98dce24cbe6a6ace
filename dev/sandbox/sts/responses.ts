import type { ServerResponse } from "node:http";
import type { Session } from "../account/sessions";
import { isoSeconds } from "../authorize/context-keys";
import { element, requestId, send } from "../protocol/aws-fault";

const XMLNS = "https://sts.amazonaws.com/doc/2011-06-15/";

/** Responds to an STS call. `inner` is the content of its result element. */
export function sendStsResult(response: ServerResponse, action: string, inner: string): void {
  const id = requestId();
  const metadata = `<ResponseMetadata>${element("RequestId", id)}</ResponseMetadata>`;
  const document = `<${action}Response xmlns="${XMLNS}"><${action}Result>${inner}</${action}Result>${metadata}</${action}Response>`;
  send(response, 200, "text/xml", Buffer.from(document), id);
}

/** STS API Reference, AssumeRoleWithWebIdentity, "Response Elements". */
export function assumedByToken(
  session: Session,
  claims: { readonly sub: string; readonly audience: string },
): string {
  return (
    assumedRole(session) +
    element("SubjectFromWebIdentityToken", claims.sub) +
    element("Provider", session.provider ?? "") +
    element("Audience", claims.audience)
  );
}

/** STS API Reference, AssumeRole, "Response Elements". */
export function assumedRole(session: Session): string {
  const credentials =
    element("AccessKeyId", session.accessKeyId) +
    element("SecretAccessKey", session.secretAccessKey) +
    element("SessionToken", session.sessionToken) +
    element("Expiration", isoSeconds(session.expires));
  return (
    `<Credentials>${credentials}</Credentials>` +
    `<AssumedRoleUser>${element("AssumedRoleId", session.userId)}${element("Arn", session.arn)}</AssumedRoleUser>`
  );
}

/** STS API Reference, GetCallerIdentity. */
export function callerIdentity({ userId, account, arn }: Session): string {
  return element("UserId", userId) + element("Account", account) + element("Arn", arn);
}
