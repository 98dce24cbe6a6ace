import { compilePolicy } from "../../../lib/iam/evaluate/compile-policy";
import { decide } from "../../../lib/iam/evaluate/decide";
import { requestKeys } from "../../../lib/iam/evaluate/request";
import { unsetTokenKeys } from "../../../lib/iam/evaluate/token-keys";
import { conditionKeys } from "../../../lib/token/claims";
import type { LiveRole } from "../account/account";
import type { Session } from "../account/sessions";
import type { ContextKeys } from "../authorize/context-keys";
import { type LoggedDecision, reasonFor } from "../authorize/decision-log";
import type { AwsFault } from "../protocol/aws-fault";
import { findRole, openSession, type SessionDependencies } from "./open-session";
import { type AssumeRoleParameters, readParameters, validationError } from "./parameters";
import { readSessionPolicies } from "./session-policies";
import { type Verified, verifyToken } from "./verify-token";

const ASSUME_ACTION = "sts:AssumeRoleWithWebIdentity";

export interface StsDependencies extends SessionDependencies {
  readonly fetchJson: (url: string) => Promise<unknown>;
}

interface Assumed {
  readonly session: Session;
  readonly verified: Verified;
}

/** The result of a call, and its log entry without the time. */
interface AssumeOutcome {
  readonly result: Assumed | AwsFault;
  readonly log: Omit<LoggedDecision, "time">;
}

/**
 * Decides AssumeRoleWithWebIdentity in the order of STS: the parameters, the token, the role and
 * its trust policy, and the duration and policies of the session.
 */
export async function assumeRole(
  form: URLSearchParams,
  contextKeys: ContextKeys,
  dependencies: StsDependencies,
): Promise<AssumeOutcome> {
  const parameters = readParameters(form);
  if ("code" in parameters) return refused(parameters, { caller: "an unread token", policies: [] });
  const log = { caller: "an unverified token", resource: parameters.roleArn, policies: [] };
  const verified = await verifyToken(parameters.token, {
    providerOf: (host) =>
      dependencies.account.provider(`arn:aws:iam::${dependencies.accountId}:oidc-provider/${host}`),
    fetchJson: dependencies.fetchJson,
    now: dependencies.now(),
  });
  if ("code" in verified) return refused(verified, log);
  const known = { ...log, caller: verified.claims.sub, claims: verified.claims };
  const role = await findRole(parameters.roleArn, dependencies.roles);
  if (role === undefined) return refused(NOT_AUTHORIZED, known);
  const decision = decideTrust(role, parameters, verified, contextKeys);
  const decided = { ...known, policies: [reasonFor("trust", role.name, decision, true)] };
  if (decision.verdict !== "allowed") return refused(NOT_AUTHORIZED, decided);
  if (parameters.seconds > role.sessionSeconds) {
    const message = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
    return refused(validationError(message), decided);
  }
  const policies = await readSessionPolicies(parameters, dependencies.account);
  if (policies !== undefined && "code" in policies) return refused(policies, decided);
  const provider = verified.provider.arn;
  const session = openSession(role, { parameters, policies, provider }, dependencies);
  return { result: { session, verified }, log: { ...decided, action: ASSUME_ACTION, verdict: "allowed" } };
}

function decideTrust(
  role: LiveRole,
  { sessionName }: AssumeRoleParameters,
  { claims, provider }: Verified,
  contextKeys: ContextKeys,
): ReturnType<typeof decide> {
  const host = claims.iss.slice("https://".length);
  const project = claims["oidc.circleci.com/project-id"];
  const tokenKeys = conditionKeys({
    iss: claims.iss,
    aud: claims.aud,
    sub: claims.sub,
    ...(project === undefined ? {} : { "oidc.circleci.com/project-id": project }),
  });
  return decide(compilePolicy(role.trust), {
    action: ASSUME_ACTION,
    caller: { type: "Federated", arn: provider.arn },
    keys: requestKeys(
      [
        ...unsetTokenKeys(role.trust, host),
        ...contextKeys,
        ["sts:RoleSessionName", sessionName],
        ["aws:FederatedProvider", provider.arn],
        ...tokenKeys,
      ],
      "open",
    ),
  });
}

function refused(
  fault: AwsFault,
  log: Pick<LoggedDecision, "caller" | "policies"> & Partial<LoggedDecision>,
): AssumeOutcome {
  const { code, message } = fault;
  return { result: fault, log: { ...log, action: ASSUME_ACTION, verdict: "denied", code, message } };
}

/** STS gives the same error for a role that does not exist and for a denial. */
const NOT_AUTHORIZED: AwsFault = {
  status: 403,
  code: "AccessDenied",
  message: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
};
