import type { JobSubject, VersionControl } from "./subject";

/** A valid CircleCI subject. */
export type Subject =
  /** Of a job. Without `source`: a V1 token, or a V2 token of a custom webhook's job. */
  | { readonly kind: "job"; readonly job: JobSubject; readonly source?: VersionControl }
  /** Of audit log streaming to a bucket; no job has it. */
  | { readonly kind: "audit-logs"; readonly organization: string };

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const JOB = new RegExp(
  `^org/(${UUID})/project/(${UUID})/user/(${UUID})(?:/vcs-origin/(.+?)/vcs-ref/(.+))?$`,
  "s",
);
const AUDIT_LOGS = new RegExp(`^org/(${UUID})/file-streaming/audit-logs$`);

/**
 * Parses a subject (CircleCI docs, "Format of the OpenID Connect ID token"). The origin ends at the
 * first `/vcs-ref/`, because the ref is chosen by the person who pushes and may contain more of
 * them. Undefined: not a valid CircleCI subject; a policy still compares it as text.
 */
export function parseSubject(text: string): Subject | undefined {
  const [, stream] = AUDIT_LOGS.exec(text) ?? [];
  if (stream !== undefined) return { kind: "audit-logs", organization: stream };
  const [, organization, project, user, origin, ref] = JOB.exec(text) ?? [];
  if (organization === undefined || project === undefined || user === undefined) return undefined;
  const job = { organization, project, user };
  return origin === undefined || ref === undefined
    ? { kind: "job", job }
    : { kind: "job", job, source: { origin, ref } };
}
