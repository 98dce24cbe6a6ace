import type { Access, Role } from "../../config/model/model";
import { describeUnknownUser } from "../../describe/people";
import { plainText } from "../../describe/phrase";
import { refText } from "../../describe/ref";
import { parseSubject } from "../../token/parse-subject";
import { isCircleCi, serversOf } from "../trail/interest";
import type { Assumed } from "../trail/observed";

/** A token's subject in words. */
export interface Who {
  /** A name of access.yaml, or `user UUID`; of another token, its subject in words. */
  readonly person: string;
  /** Whether access.yaml names the person. */
  readonly isKnown: boolean;
  /** `main`, tag `v1.2`. Undefined: the token names no ref. */
  readonly ref?: string;
  /** A full ref, such as `refs/heads/main`. */
  readonly fullRef?: string;
  /** `github.com/acme/website`. */
  readonly origin?: string;
  /** The key of access.yaml's project, or its UUID. */
  readonly project?: string;
}

/** Who a subject is of, by the names of access.yaml. */
function whoIs(subject: string, { people, projects }: Pick<Access, "people" | "projects">): Who {
  const parsed = parseSubject(subject);
  if (parsed === undefined || parsed.kind !== "job") return { person: otherToken(subject), isKnown: false };
  const { job, source } = parsed;
  const known = people.find(({ id }) => id === job.user);
  const project = projects.find(({ id }) => id === job.project);
  return {
    person: known?.name ?? plainText(describeUnknownUser(job.user)),
    isKnown: known !== undefined,
    project: project?.key ?? job.project,
    ...(source === undefined ? {} : { ref: refText(source.ref), fullRef: source.ref, origin: source.origin }),
  };
}

/**
 * STS answers so after it has verified the token; with other errors, anyone can have written it.
 */
const VERIFIED = /^$|^AccessDenied/;

/**
 * Whether AWS verified the token whose subject a record has, so that the subject is who it names.
 */
export function isVerified({ error }: Pick<Assumed, "error">): boolean {
  return VERIFIED.test(error);
}

/**
 * Who opened a session, or tried to. Only a token of CircleCI names a person: another provider's
 * can have any subject, also one that reads like CircleCI's.
 */
export function whoOpened(
  { by, subject, provider }: Pick<Assumed, "by" | "subject" | "provider">,
  access: Pick<Access, "people" | "projects" | "organizations">,
): Who {
  if (by === "other")
    return { person: subject === "" ? "a caller that the record does not name" : subject, isKnown: false };
  if (isCircleCi(provider, { servers: serversOf(access) })) return whoIs(subject, access);
  return { person: otherToken(subject), isKnown: false };
}

/** Not the subject alone, which could be a name of access.yaml. */
function otherToken(subject: string): string {
  return subject === "" ? NO_SUBJECT : `a token for "${subject}"`;
}

const NO_SUBJECT = "a token that the record does not name";

/**
 * `alice from main`; `bob from tag v1.2 of github.com/mallory/website`.
 * @param role whose project's repository is not named
 */
export function whoText({ person, ref, origin }: Who, repository?: string): string {
  const of = origin === undefined || origin === repository ? "" : ` of ${origin}`;
  return `${person}${ref === undefined ? "" : ` from ${ref}${of}`}`;
}

/** Whether a role's list has a person: only lists can have people who never came. */
export function listedPeople({ grant }: Pick<Role, "grant">): readonly string[] {
  return grant.people.kind === "everyone" ? [] : grant.people.members.map(({ name }) => name);
}
