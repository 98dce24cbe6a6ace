import type { Account, LiveRole, NamedPolicy } from "../account/account";
import type { RoleCache } from "../account/role-cache";
import type { Session, Sessions } from "../account/sessions";
import type { SessionParameters } from "./parameters";

export interface SessionDependencies {
  readonly account: Account;
  /** 12 digits. */
  readonly accountId: string;
  readonly roles: RoleCache;
  readonly sessions: Sessions;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The role with this ARN. A role of the same name under another path does not match. */
export async function findRole(arn: string, roles: RoleCache): Promise<LiveRole | undefined> {
  const name = /^arn:aws:iam::\d{12}:role\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  const role = name === undefined ? undefined : await roles.get(name);
  return role?.arn === arn ? role : undefined;
}

interface NewSession {
  readonly parameters: SessionParameters;
  /** Session policies. Undefined: none. */
  readonly policies: readonly NamedPolicy[] | undefined;
  /** ARN of the identity provider of the token. Undefined: another session assumes the role. */
  readonly provider?: string;
}

/** A session of a role whose policies allow it. */
export function openSession(
  role: LiveRole,
  { parameters: { sessionName, seconds }, policies, provider }: NewSession,
  { accountId, sessions, now }: Pick<SessionDependencies, "accountId" | "sessions" | "now">,
): Session {
  const issued = now();
  return sessions.create({
    account: accountId,
    arn: `arn:aws:sts::${accountId}:assumed-role/${role.name}/${sessionName}`,
    userId: `${role.id}:${sessionName}`,
    roleName: role.name,
    roleArn: role.arn,
    roleId: role.id,
    issued,
    expires: issued + seconds * 1_000,
    ...(provider === undefined ? {} : { provider }),
    ...(policies === undefined ? {} : { policies }),
  });
}
