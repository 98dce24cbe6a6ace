import type { LiveRole } from "../account/account";
import type { Session } from "../account/sessions";
import { ABSENT, type ContextKeys } from "../authorize/context-keys";
import { compilePermissions, type PermissionDecision } from "../authorize/decide-permission";
import { type LoggedDecision, reasonFor } from "../authorize/decision-log";
import { accessDenied } from "../authorize/denial";
import type { RequiredPermission } from "../authorize/required-permission";
import type { AwsFault } from "../protocol/aws-fault";
import { findRole, openSession, type SessionDependencies } from "./open-session";
import { type ChainedParameters, readChainedParameters, validationError } from "./parameters";
import { readSessionPolicies } from "./session-policies";

const ACTION = "sts:AssumeRole";
/**
 * IAM User Guide, "Roles terms and concepts", "Role chaining": a chained session has one hour at
 * most.
 */
const MAX_CHAINED_SECONDS = 3_600;

/** The session of the role, or the error of STS; and the log entry without the time. */
interface ChainedOutcome {
  readonly result: Session | AwsFault;
  readonly log: Omit<LoggedDecision, "time">;
}

/**
 * Decides AssumeRole of a role session (role chaining): by the effective permissions of the
 * session, and by the trust policy of the role, which must allow it too (IAM User Guide, "Policy
 * evaluation for requests within a single account": trust policies "must explicitly allow access
 * for principals"). The sandbox has one account, so a role of another is never found.
 */
export async function assumeChainedRole(
  form: URLSearchParams,
  { session: caller, role: own }: { readonly session: Session; readonly role: LiveRole },
  contextKeys: ContextKeys,
  dependencies: SessionDependencies,
): Promise<ChainedOutcome> {
  const parameters = readChainedParameters(form);
  const log = { caller: caller.arn, action: ACTION, policies: [] };
  if ("code" in parameters) return refused(parameters, log);
  const known = { ...log, resource: parameters.roleArn };
  const role = await findRole(parameters.roleArn, dependencies.roles);
  const permission = permissionTo(parameters, role);
  const decided = compilePermissions(
    { kind: "session", session: caller, role: own },
    contextKeys,
    role && { name: role.name, policy: role.trust },
  )(permission);
  const trust = decided.decision.by.find(({ kind }) => kind === "resource")?.decision;
  const reasons = decided.reasons.map((reason) =>
    reason.kind === "resource" && trust !== undefined ? reasonFor("trust", reason.name, trust, true) : reason,
  );
  const entry = { ...known, policies: reasons };
  if (trust?.verdict !== "allowed" || decided.decision.verdict !== "allowed")
    return refused(denied(caller, permission, decided, trust), entry);
  if (parameters.seconds > Math.min(role?.sessionSeconds ?? 0, MAX_CHAINED_SECONDS))
    return refused(tooLong(parameters.seconds), entry);
  const policies = await readSessionPolicies(parameters, dependencies.account);
  if (policies !== undefined && "code" in policies) return refused(policies, entry);
  if (role === undefined) throw new Error(`${parameters.roleArn} was allowed and does not exist`);
  const session = openSession(role, { parameters, policies }, dependencies);
  return { result: session, log: { ...entry, verdict: "allowed" } };
}

/**
 * The permission with the condition keys of `AssumeRole` (Service Authorization Reference,
 * "Actions, resources, and condition keys for AWS Security Token Service"). Session tags are not
 * supported, so their keys are absent.
 */
function permissionTo(
  { roleArn, sessionName, externalId }: ChainedParameters,
  role: LiveRole | undefined,
): RequiredPermission {
  const tags = (role?.tags ?? []).flatMap(([key, value]) =>
    ["aws:ResourceTag/", "iam:ResourceTag/"].map((family) => [`${family}${key}`, value] as const),
  );
  const keys: ContextKeys = [
    ["sts:RoleSessionName", sessionName],
    ["sts:ExternalId", externalId ?? ABSENT],
    ["sts:TransitiveTagKeys", ABSENT],
    ["aws:TagKeys", ABSENT],
    ...tags,
  ];
  const closed = ["aws:requesttag/", ...(role === undefined ? [] : ["aws:resourcetag/", "iam:resourcetag/"])];
  return { action: ACTION, resource: roleArn, called: roleArn, keys, closed };
}

/** IAM User Guide, "Troubleshoot access denied error messages", "Role trust policies". */
function denied(
  caller: Session,
  permission: RequiredPermission,
  decided: PermissionDecision,
  trust: PermissionDecision["decision"]["by"][number]["decision"] | undefined,
): AwsFault {
  // STS says the same for a role that does not exist and for one whose trust policy does not allow
  // it.
  if (trust?.verdict === "allowed") return accessDenied(caller.arn, permission, decided);
  const message = `User: ${caller.arn} is not authorized to perform: ${ACTION} on resource: ${permission.resource ?? "*"}`;
  const why =
    trust?.because === "explicit-deny"
      ? "with an explicit deny in the role trust policy"
      : `because no role trust policy allows the ${ACTION} action`;
  return { status: 403, code: "AccessDenied", message: `${message} ${why}` };
}

function tooLong(seconds: number): AwsFault {
  return validationError(
    seconds > MAX_CHAINED_SECONDS
      ? "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."
      : "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
  );
}

function refused(fault: AwsFault, log: Omit<LoggedDecision, "time" | "verdict">): ChainedOutcome {
  const { code, message } = fault;
  return { result: fault, log: { ...log, verdict: "denied", code, message } };
}
