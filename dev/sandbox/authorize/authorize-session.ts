import { partitionOf } from "../../../lib/config/rules/region";
import type { Account } from "../account/account";
import type { RoleCache } from "../account/role-cache";
import type { Session } from "../account/sessions";
import { parseTimestamp, type RequestSignature } from "../authenticate/credentials";
import type { AwsFault } from "../protocol/aws-fault";
import type { Exchange } from "../protocol/exchange";
import { type Authorized, authorizeS3 } from "./authorize-s3";
import type { Authorizer } from "./authorizer";
import { globalContextKeys } from "./context-keys";
import type { Requester } from "./decide-permission";
import { type DecisionLogging, logRefusal } from "./decision-log";
import { ROLE_GONE, unsupportedCall } from "./denial";
import { iamPermission } from "./iam-permission";
import { deployPermissions, readRestCall, readServiceCall } from "./other-services";
import { rewriteOther } from "./rewrite";
import { s3ContextKeys } from "./s3-context-keys";

export interface SessionAuthorization extends DecisionLogging {
  readonly account: Pick<Account, "entity">;
  readonly roles: RoleCache;
  readonly authorizer: Authorizer;
}

/**
 * Authorizes a role session's call to any service but STS.
 * @param body the form; empty for a call to S3
 */
export async function authorizeSession(
  exchange: Exchange,
  session: Session,
  by: RequestSignature,
  body: Buffer,
  dependencies: SessionAuthorization,
): Promise<Authorized> {
  const { call, request } = exchange;
  const refused = (fault: AwsFault): AwsFault => logRefusal(fault, exchange, session.arn, dependencies);
  const role = await dependencies.roles.get(session.roleName);
  if (role?.id !== session.roleId) return refused(ROLE_GONE);
  const requester: Requester = { kind: "session", session, role };
  const isIam = call.service === "iam";
  const region = isIam ? IAM_REGION : by.region;
  const global = globalContextKeys(request, region, dependencies.now());
  if (call.service === "s3" && by.service === "s3") {
    const signedAt = parseTimestamp(by.timestamp);
    const contextKeys = [
      ...global,
      ...s3ContextKeys({
        call,
        account: session.account,
        headers: request.headers,
        presigned: by.presignedSeconds !== undefined,
        ...(signedAt === undefined ? {} : { signatureAge: dependencies.now() - signedAt }),
      }),
    ];
    return authorizeS3(exchange, requester, contextKeys, dependencies.authorizer);
  }
  const place = { account: session.account, region: by.region };
  const read =
    by.service === call.service
      ? (readServiceCall(call, request, body) ?? readRestCall(call, request, body, place))
      : undefined;
  if (read === undefined)
    return refused(unsupportedCall(session.arn, `${call.method} ${call.path} of ${call.service}`));
  if (isIam && partitionOf(by.region) !== partitionOf(IAM_REGION)) return refused(wrongRegion(by.region));
  const permissions =
    isIam && read.form !== undefined
      ? [await iamPermission(read.form, session.account, dependencies.account)]
      : await deployPermissions(read, place, exchange);
  if (permissions === undefined)
    return refused(unsupportedCall(session.arn, `this body of ${read.permission.action}`));
  const { refusal } = dependencies.authorizer.forCall(exchange, requester, global);
  for (const permission of permissions) {
    const fault = await refusal(permission);
    if (fault !== undefined) return fault;
  }
  return rewriteOther(exchange, region, read);
}

/**
 * IAM's region in the partition `aws` ("AWS Identity and Access Management endpoints and quotas").
 * With an endpoint of its own (`AWS_ENDPOINT_URL`), an SDK signs for the region of its settings
 * instead. Only those of another partition are refused: moto uses that partition's account for
 * them.
 */
const IAM_REGION = "us-east-1";

function wrongRegion(region: string): AwsFault {
  const message = `Credential should be scoped to a valid region, not '${region}'.`;
  return { status: 403, code: "SignatureDoesNotMatch", message };
}
