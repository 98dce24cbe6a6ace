import { ProjectError } from "../errors";
import { type JobSubject, printV1Subject, printV2Subject, type VersionControl } from "./subject";

/** A subject that CircleCI issues. */
export type Subject =
  /** Of a job; without `source` V1, or V2 of a custom webhook. */
  | { readonly kind: "job"; readonly job: JobSubject; readonly source?: VersionControl }
  /** The one that signs audit logs on their way to a bucket, and no job ever has. */
  | { readonly kind: "audit-logs"; readonly organization: string };

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const JOB = new RegExp(
  `^org/(${UUID})/project/(${UUID})/user/(${UUID})(?:/vcs-origin/(.+?)/vcs-ref/(.+))?$`,
  "s",
);
const AUDIT_LOGS = new RegExp(`^org/(${UUID})/file-streaming/audit-logs$`);

/**
 * A subject as CircleCI writes it (CircleCI docs, "Format of the OpenID Connect ID token"). The
 * origin goes up to the first `/vcs-ref/`: the ref, which whoever pushes chooses, may hold as many
 * more as it likes. Undefined: CircleCI issues no such subject; for a policy's decision it is a
 * text like any other.
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

/**
 * The same where only a subject of CircleCI will do, such as in a user's input.
 * @throws ProjectError `malformed-subject` (exit 2)
 */
export function requireSubject(text: string): Subject {
  const subject = parseSubject(text);
  if (subject !== undefined) return subject;
  throw new ProjectError({
    code: "malformed-subject",
    message: `this is no subject of a CircleCI token: ${JSON.stringify(text)}`,
    found: text,
    fix: "write org/<UUID>/project/<UUID>/user/<UUID>, with /vcs-origin/<origin>/vcs-ref/<ref> after it in a V2 token; UUIDs in lower case",
    exitCode: 2,
  });
}

export function printSubject(subject: Subject): string {
  if (subject.kind === "audit-logs") return `org/${subject.organization}/file-streaming/audit-logs`;
  return subject.source === undefined
    ? printV1Subject(subject.job)
    : printV2Subject(subject.job, subject.source);
}
