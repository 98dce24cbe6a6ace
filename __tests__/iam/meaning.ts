import type { Grant, RefPattern } from "../../lib/config/model/model";
import { alice, organization, PROJECT_ID, REPOSITORY } from "../fixtures/access";

/** The claims of a token that a trust policy can ask for. */
export interface Token {
  readonly iss: string;
  readonly aud: string;
  /** Undefined only where a test asks what happens without one: CircleCI always names a subject. */
  readonly sub: string | undefined;
}

interface SubjectParts {
  readonly organization: string;
  readonly project: string;
  readonly user: string;
  readonly origin: string;
  readonly ref: string;
}

const parts: SubjectParts = {
  organization: organization.id,
  project: PROJECT_ID,
  user: alice.id,
  origin: REPOSITORY,
  ref: "refs/heads/main",
};

/** A V2 subject; without differences alice's, on `main`. */
export function v2(differences: Partial<SubjectParts> = {}): string {
  const { origin, ref } = { ...parts, ...differences };
  return `${v1(differences)}/vcs-origin/${origin}/vcs-ref/${ref}`;
}

export function v1(differences: Partial<SubjectParts> = {}): string {
  const { organization, project, user } = { ...parts, ...differences };
  return `org/${organization}/project/${project}/user/${user}`;
}

export function tokenWith(sub: string | undefined, differences: Partial<Token> = {}): Token {
  return {
    iss: `https://oidc.circleci.com/org/${organization.id}`,
    aud: organization.audience,
    sub,
    ...differences,
  };
}

/**
 * Whether a grant means this token: docs/decisions/0012-what-a-role-grants.md, word by word, and
 * nothing of lib/. A subject reads: 36 characters of user, `/vcs-origin/`, origin up to the first
 * `/vcs-ref/`, ref to the end.
 */
export function isMeant(grant: Grant, token: Token): boolean {
  if (token.iss !== `https://oidc.circleci.com/org/${grant.organization}`) return false;
  if (token.aud !== grant.audience || token.sub === undefined) return false;
  const head = `org/${grant.organization}/project/${grant.project}/user/`;
  if (!token.sub.startsWith(head)) return false;
  const user = token.sub.slice(head.length, head.length + 36);
  const rest = token.sub.slice(head.length + 36);
  if (user.length !== 36) return false;
  if (grant.people.kind === "listed" && !grant.people.members.some(({ id }) => id === user)) return false;
  if (rest === "") return grant.refs.kind === "any" && grant.refs.tokensWithoutOrigin;
  if (!rest.startsWith("/vcs-origin/")) return false;
  const source = rest.slice("/vcs-origin/".length);
  const cut = source.indexOf("/vcs-ref/");
  if (cut === -1 || source.slice(0, cut) !== grant.repository) return false;
  const ref = source.slice(cut + "/vcs-ref/".length);
  if (grant.refs.kind === "any") return true;
  return isListed(ref, "refs/heads/", grant.refs.branches) || isListed(ref, "refs/tags/", grant.refs.tags);
}

function isListed(ref: string, home: string, patterns: readonly RefPattern[]): boolean {
  if (!ref.startsWith(home)) return false;
  const name = ref.slice(home.length);
  return patterns.some((pattern) =>
    pattern.kind === "exact" ? name === pattern.name : name.startsWith(pattern.prefix),
  );
}
