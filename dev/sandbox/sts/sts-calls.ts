import type { Session } from "../account/sessions";
import { globalContextKeys } from "../authorize/context-keys";
import { type DecisionLogging, logRefusal } from "../authorize/decision-log";
import { ROLE_GONE, unsupportedCall } from "../authorize/denial";
import type { AwsFault } from "../protocol/aws-fault";
import type { Exchange } from "../protocol/exchange";
import { readQueryForm } from "../protocol/query-form";
import { assumeChainedRole } from "./assume-chained-role";
import { assumeRole, type StsDependencies } from "./assume-role";
import type { SessionDependencies } from "./open-session";
import { assumedByToken, assumedRole, callerIdentity, sendStsResult } from "./responses";

/** AssumeRoleWithWebIdentity. @returns the error to respond with, if it was not answered */
export async function answerAssumeRole(
  { request, response }: Exchange,
  form: URLSearchParams,
  dependencies: StsDependencies & DecisionLogging,
): Promise<AwsFault | "answered"> {
  const contextKeys = globalContextKeys(request, "us-east-1", dependencies.now());
  const { result, log } = await assumeRole(form, contextKeys, dependencies);
  const opened = "code" in result ? undefined : result.session;
  dependencies.log({ time: new Date(dependencies.now()).toISOString(), ...log }, opened);
  if ("code" in result) return result;
  const { session, verified } = result;
  const subject = { sub: verified.claims.sub, audience: verified.audience };
  sendStsResult(response, "AssumeRoleWithWebIdentity", assumedByToken(session, subject));
  return "answered";
}

/**
 * A role session's call to STS: AssumeRole, and GetCallerIdentity, which is answered always: "No
 * permissions are required to perform this operation" (STS API Reference). All other actions are
 * denied.
 * @param body the form
 */
export async function answerSessionCall(
  exchange: Exchange,
  { session, region }: { readonly session: Session; readonly region: string },
  body: Buffer,
  dependencies: SessionDependencies & DecisionLogging,
): Promise<AwsFault | "answered"> {
  const form = readQueryForm(exchange.call.query, body.toString("utf8"));
  const action = form?.get("Action");
  const role = await dependencies.roles.get(session.roleName);
  if (role?.id !== session.roleId) return logRefusal(ROLE_GONE, exchange, session.arn, dependencies);
  const time = new Date(dependencies.now()).toISOString();
  if (form !== undefined && action === "AssumeRole") {
    const contextKeys = globalContextKeys(exchange.request, region, dependencies.now());
    const { result, log } = await assumeChainedRole(form, { session, role }, contextKeys, dependencies);
    dependencies.log({ time, ...log });
    if ("code" in result) return result;
    sendStsResult(exchange.response, action, assumedRole(result));
    return "answered";
  }
  if (action !== "GetCallerIdentity") {
    const fault = unsupportedCall(session.arn, `sts:${action ?? "nothing"} in a role's session`);
    return logRefusal(fault, exchange, session.arn, dependencies);
  }
  dependencies.log(
    {
      time,
      caller: session.arn,
      action: `sts:${action}`,
      resource: "*",
      verdict: "allowed",
      policies: [],
    },
    session,
  );
  sendStsResult(exchange.response, action, callerIdentity(session));
  return "answered";
}
