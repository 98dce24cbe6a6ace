import type { Access, Role } from "../../config/model/model";
import { describeUnknownUser } from "../../describe/people";
import { plainText } from "../../describe/phrase";
import { refText } from "../../describe/ref";
import { parseSubject } from "../../token/parse-subject";

/** A token's subject in words. */
export interface Who {
  /** A name of access.yaml, or `user UUID`; of a subject that is not CircleCI's, the subject. */
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
export function whoIs(subject: string, { people, projects }: Pick<Access, "people" | "projects">): Who {
  const parsed = parseSubject(subject);
  if (parsed === undefined || parsed.kind !== "job")
    return { person: subject === "" ? "a token that the record does not name" : subject, isKnown: false };
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

/** `alice from main`; `bob from tag v1.2 of github.com/mallory/website`. @param role whose project's repository is not named */
export function whoText({ person, ref, origin }: Who, repository?: string): string {
  const of = origin === undefined || origin === repository ? "" : ` of ${origin}`;
  return `${person}${ref === undefined ? "" : ` from ${ref}${of}`}`;
}

/** Whether a role's list has a person: only lists can have people who never came. */
export function listedPeople({ grant }: Pick<Role, "grant">): readonly string[] {
  return grant.people.kind === "everyone" ? [] : grant.people.members.map(({ name }) => name);
}
