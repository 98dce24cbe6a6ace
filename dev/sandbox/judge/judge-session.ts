import type { Account } from "../account/account";
import type { RememberedRoles } from "../account/remembered-roles";
import type { Session } from "../account/sessions";
import type { AwsFault } from "../aws-fault";
import type { Exchange } from "../exchange";
import { callerIdentity, sendStsResult } from "../sts/answers";
import { readQueryForm } from "../sts/query-form";
import { momentOf, type SignedBy } from "./credentials";
import type { Asker } from "./decide-ask";
import { type LogWorld, refusedUnjudged } from "./decision-log";
import { unnamed } from "./denial";
import { iamAsk } from "./iam-asks";
import type { Judge } from "./judge";
import { type Judged, judgeS3 } from "./judge-s3";
import { nameOtherCall } from "./other-services";
import { requestFacts } from "./request-facts";
import { rewriteOther } from "./rewrite";
import { s3Facts } from "./s3-facts";

export interface SessionWorld extends LogWorld {
  readonly account: Pick<Account, "entity">;
  readonly roles: RememberedRoles;
  readonly judge: Judge;
}

/**
 * Judges a call of a role's session, whichever service it is to.
 * @param body of a form; empty where the call is S3's
 */
export async function judgeSession(
  exchange: Exchange,
  session: Session,
  by: SignedBy,
  body: Buffer,
  world: SessionWorld,
): Promise<Judged> {
  const { call, request } = exchange;
  const refused = (fault: AwsFault): AwsFault => refusedUnjudged(fault, exchange, session.arn, world);
  if (call.service === "sts") {
    const action = readQueryForm(call.query, body.toString("utf8"))?.get("Action");
    if (action !== "GetCallerIdentity")
      return refused(unnamed(session.arn, `sts:${action ?? "nothing"} in a role's session`));
    // "No permissions are required to perform this operation" (STS API Reference,
    // GetCallerIdentity).
    world.log({
      time: new Date(world.now()).toISOString(),
      caller: session.arn,
      action: `sts:${action}`,
      resource: "*",
      verdict: "allowed",
      policies: [],
    });
    sendStsResult(exchange.response, action, callerIdentity(session));
    return "answered";
  }
  const role = await world.roles.get(session.roleName);
  if (role?.id !== session.roleId) return refused(ROLE_GONE);
  const asker: Asker = { kind: "session", session, role };
  const global = requestFacts(request, by.region, world.now());
  if (call.service === "s3" && by.service === "s3") {
    const signedAt = momentOf(by.timestamp);
    const presigned = by.presignedSeconds !== undefined;
    const facts = [
      ...global,
      ...s3Facts({
        call,
        account: session.account,
        headers: request.headers,
        presigned,
        ...(signedAt === undefined ? {} : { signatureAge: world.now() - signedAt }),
      }),
    ];
    return judgeS3(exchange, asker, facts, world.judge);
  }
  const named = by.service === call.service ? nameOtherCall(call, request, body) : undefined;
  if (named === undefined)
    return refused(unnamed(session.arn, `${call.method} ${call.path} of ${call.service}`));
  const isIam = call.service === "iam";
  if (isIam && by.region !== IAM_REGION) return refused(wrongRegion(by.region));
  const ask =
    isIam && named.form !== undefined ? await iamAsk(named.form, session.account, world.account) : named.ask;
  const fault = await world.judge.open(exchange, asker, global).refuses(ask);
  return fault ?? rewriteOther(exchange, by.region, named);
}

/**
 * Of the partition `aws`, whose IAM has one place ("AWS Identity and Access Management endpoints
 * and quotas"); moto would open another partition.
 */
const IAM_REGION = "us-east-1";

function wrongRegion(region: string): AwsFault {
  const message = `Credential should be scoped to a valid region, not '${region}'.`;
  return { status: 403, code: "SignatureDoesNotMatch", message };
}

const ROLE_GONE: AwsFault = {
  status: 403,
  code: "InvalidClientTokenId",
  message: "The security token included in the request is invalid: its role is no longer there",
};
