import { type JobSubject, printV1Subject } from "../../../token/subject";
import { CharacterSet } from "../../automata/character-set";
import { either, type Fragment, oneOrMore, sequence } from "../../automata/fragments";
import { anyOne, anyRun } from "../../automata/patterns";
import { gitRef, gitRefName } from "./git-ref";

/** Realistic ids for examples. They are not real. */
export const SOME_ORGANIZATION = "4d3c2b1a-5e6f-4a7b-8c9d-0e1f2a3b4c5d";
export const SOME_PROJECT = "b2d4f6a8-1c3e-4a5b-8c7d-9e0f1a2b3c4d";
export const SOME_AUDIENCE = "another-audience";
export const SOME_USER = "e7c1a9d4-3b5f-4e28-9d60-8a2f4c6b1e37";

const HEXADECIMAL = CharacterSet.of("0123456789abcdef");
const PREFERRING: ReadonlyMap<string, CharacterSet> = new Map(
  [..."0123456789abcdef"].map((digit) => [digit, HEXADECIMAL.preferring(digit)]),
);

/** Each of a UUID's 36 characters: a lower-case hexadecimal digit, or a dash. */
export function uuidCharacters(example: string): readonly (CharacterSet | "-")[] {
  return [...example].map((character) => PREFERRING.get(character) ?? "-");
}

/** Any UUID in lower case, as CircleCI writes its ids; `example` is the one to show. */
export function uuid(example: string): Fragment {
  return sequence(...uuidCharacters(example));
}

/**
 * Every subject that CircleCI can issue (CircleCI docs, "OIDC tokens in jobs"): V1; V2 with any
 * origin and any ref that git accepts, since the person who pushes chooses both; and the subject of
 * audit log streaming, which no job has.
 *
 * @param organization its id; undefined for the shared issuer, which signs for every organization
 */
export function issuedSubjects(organization: string | undefined): Fragment {
  const from = sequence("/vcs-origin/", anyOne, anyRun, "/vcs-ref/", gitRef);
  return sequence(
    "org/",
    organization ?? uuid(SOME_ORGANIZATION),
    either(
      sequence("/project/", uuid(SOME_PROJECT), "/user/", uuid(SOME_USER), either("", from)),
      "/file-streaming/audit-logs",
    ),
  );
}

/**
 * What a project of the organization is usually seen with: a repository at some host, and a branch.
 * For examples that look real.
 */
export function usualSubjects(organization: string | undefined): Fragment {
  const host = sequence(name, ".", name);
  const job = sequence(
    "org/",
    organization ?? uuid(SOME_ORGANIZATION),
    "/project/",
    uuid(SOME_PROJECT),
    "/user/",
    uuid(SOME_USER),
  );
  const origin = sequence(either("github.com", "gitlab.com", host), "/", name, "/", name);
  return sequence(job, either("", sequence("/vcs-origin/", origin, "/vcs-ref/refs/heads/", gitRefName)));
}

const NAME_CHARACTER = CharacterSet.of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

/** One part of a repository's name, of a host's or of an owner's. */
const name = oneOrMore(NAME_CHARACTER);
const HOST_CHARACTER = CharacterSet.of("abcdefghijklmnopqrstuvwxyz0123456789-.");

/**
 * Jobs of any project of the organization, whose code is of any repository of this owner, at any
 * host and below any group, from any ref.
 */
export function subjectsOfOwner(organization: string, owner: string): Fragment {
  const job = sequence("org/", organization, "/project/", uuid(SOME_PROJECT), "/user/", uuid(SOME_USER));
  const host = oneOrMore(HOST_CHARACTER);
  const site = either("github.com", "bitbucket.org", "gitlab.com", host);
  const repository = sequence(name, either("", sequence("/", name)));
  return sequence(job, "/vcs-origin/", site, "/", owner, "/", repository, "/vcs-ref/", gitRef);
}

/** Jobs of any project of the organization, by a token that names no origin. */
export function subjectsWithoutOrigin(organization: string): Fragment {
  return sequence("org/", organization, "/project/", uuid(SOME_PROJECT), "/user/", uuid(SOME_USER));
}

/**
 * One person's jobs of a project on any branch or tag of an origin: subjects that differ only in
 * the ref.
 */
export function anyRefSubjects(job: JobSubject, origin: string): Fragment {
  const name = sequence("/vcs-ref/refs/", either("heads/", "tags/"), gitRefName);
  return sequence(printV1Subject(job), "/vcs-origin/", origin, name);
}

interface OwnRepository {
  readonly organization: string;
  readonly project: string;
  readonly repository: string;
}

/**
 * The project's own jobs on branches of its own repository: to get such a token, it is enough to
 * push a branch.
 */
export function ownBranchSubjects({ organization, project, repository }: OwnRepository): Fragment {
  const job = sequence("org/", organization, "/project/", project, "/user/", uuid(SOME_USER));
  return sequence(job, "/vcs-origin/", repository, "/vcs-ref/refs/heads/", gitRefName);
}
