import type { Session } from "../account/sessions";
import { globalContextKeys } from "../authorize/context-keys";
import { type DecisionLogging, logRefusal } from "../authorize/decision-log";
import { unsupportedCall } from "../authorize/denial";
import type { AwsFault } from "../protocol/aws-fault";
import type { Exchange } from "../protocol/exchange";
import { readQueryForm } from "../protocol/query-form";
import { assumeRole, type StsDependencies } from "./assume-role";
import { assumedRole, callerIdentity, sendStsResult } from "./responses";

/** AssumeRoleWithWebIdentity. @returns the error to respond with, if it was not answered */
export async function answerAssumeRole(
  { request, response }: Exchange,
  form: URLSearchParams,
  dependencies: StsDependencies & DecisionLogging,
): Promise<AwsFault | "answered"> {
  const contextKeys = globalContextKeys(request, "us-east-1", dependencies.now());
  const { result, log } = await assumeRole(form, contextKeys, dependencies);
  dependencies.log({ time: new Date(dependencies.now()).toISOString(), ...log });
  if ("code" in result) return result;
  const { session, verified } = result;
  const subject = { sub: verified.claims.sub, audience: verified.audience };
  sendStsResult(response, "AssumeRoleWithWebIdentity", assumedRole(session, subject));
  return "answered";
}

/**
 * A role session's call to STS. GetCallerIdentity is answered: "No permissions are required to
 * perform this operation" (STS API Reference). All other actions are denied.
 * @param body the form
 */
export function answerSessionCall(
  exchange: Exchange,
  session: Session,
  body: Buffer,
  logging: DecisionLogging,
): AwsFault | "answered" {
  const action = readQueryForm(exchange.call.query, body.toString("utf8"))?.get("Action");
  if (action !== "GetCallerIdentity") {
    const fault = unsupportedCall(session.arn, `sts:${action ?? "nothing"} in a role's session`);
    return logRefusal(fault, exchange, session.arn, logging);
  }
  logging.log({
    time: new Date(logging.now()).toISOString(),
    caller: session.arn,
    action: `sts:${action}`,
    resource: "*",
    verdict: "allowed",
    policies: [],
  });
  sendStsResult(exchange.response, action, callerIdentity(session));
  return "answered";
}
