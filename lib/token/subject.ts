/**
 * Characters of a CircleCI ID; the three IDs of a subject are UUIDs (CircleCI docs, "OIDC tokens in
 * jobs").
 */
export const UUID_LENGTH = 36;

export interface JobSubject {
  readonly organization: string;
  readonly project: string;
  readonly user: string;
}

export interface VersionControl {
  /** CircleCI's `vcs-origin`, such as `github.com/acme/website`. */
  readonly origin: string;
  /** A full ref, such as `refs/heads/main`. */
  readonly ref: string;
}

/**
 * The V1 subject of a job. V2 tokens of a custom webhook's job have it too (CircleCI docs, "Format
 * of the OpenID Connect ID token").
 */
export function printV1Subject({ organization, project, user }: JobSubject): string {
  return `org/${organization}/project/${project}/user/${user}`;
}

/** The V2 subject of a job: the V1 subject, then the origin and ref of the code. */
export function printV2Subject(job: JobSubject, { origin, ref }: VersionControl): string {
  return `${printV1Subject(job)}/vcs-origin/${origin}/vcs-ref/${ref}`;
}
