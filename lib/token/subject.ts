/**
 * How many characters CircleCI's ids have; all three ids in a subject are UUIDs (CircleCI docs,
 * "OIDC tokens in jobs").
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
 * The V1 subject of a job, which custom webhooks also get in V2 tokens (CircleCI docs, "Format of
 * the OpenID Connect ID token").
 */
export function printV1Subject({ organization, project, user }: JobSubject): string {
  return `org/${organization}/project/${project}/user/${user}`;
}

/** The V2 subject of a job: V1's, then where its code comes from. */
export function printV2Subject(job: JobSubject, { origin, ref }: VersionControl): string {
  return `${printV1Subject(job)}/vcs-origin/${origin}/vcs-ref/${ref}`;
}
