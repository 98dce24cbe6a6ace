import type { Grant, GrantedPeople, Periods, RefPattern } from "../../../config/model/model";
import { issuerHost } from "../../../token/issuer";
import { and, FALSE, type Formula, or, TRUE } from "../../automata/formula";
import { compileFragment, either, type Fragment, sequence } from "../../automata/fragments";
import { anyOne, anyRun } from "../../automata/patterns";
import type { TokenSpace } from "./space";
import { SOME_USER, uuid } from "./subjects";

/**
 * Bounds of the granted tokens. `lower`: every token that is certainly granted. `upper`: also
 * tokens of the same form that CircleCI is not known to issue: a user of 36 characters that is not
 * a UUID, or a token for several audiences, one of which is the granted one.
 */
export type Bound = "lower" | "upper";

const ORIGIN = "/vcs-origin/";
const REF = "/vcs-ref/";

/**
 * The granted tokens (docs/decisions/0012-what-a-role-grants.md), built from the grant and not from
 * any policy: the organization's issuer, the audience, and a subject that reads: 36 characters of
 * user, `/vcs-origin/`, origin up to the first `/vcs-ref/`, ref to the end. A person with periods
 * is granted only at their moments.
 */
export function meaningOf(grant: Grant, space: TokenSpace, bound: Bound): Formula {
  if (space.provider.host !== issuerHost(grant).toLowerCase()) return FALSE;
  const audience = compileFragment(space.automaton.graph, grant.audience);
  const hasAudience = space.audience.someIn(audience);
  const isForGrant = bound === "upper" ? hasAudience : and(hasAudience, space.audience.everyIn(audience));
  const { people } = grant;
  if (people.kind === "everyone" || people.members.every(({ periods }) => periods === undefined)) {
    const subjects = space.subjectLike(grantedSubjects(grant, bound));
    return and(isForGrant, subjects, people.kind === "everyone" ? duringAny(people.periods, space) : TRUE);
  }
  const perPerson = people.members.map((member) =>
    and(
      space.subjectLike(grantedSubjects({ ...grant, people: { ...people, members: [member] } }, bound)),
      duringAny(member.periods, space),
    ),
  );
  return and(isForGrant, or(...perPerson));
}

/**
 * "The request comes in one of the periods": from its start on, and before its end. A request has a
 * time; one without would not be granted.
 */
function duringAny(periods: Periods | undefined, space: TokenSpace): Formula {
  if (periods === undefined) return TRUE;
  const { keys } = space;
  return or(
    ...periods.map(({ start, end }) =>
      and(start === undefined ? TRUE : keys.isFrom(start), end === undefined ? TRUE : keys.isBefore(end)),
    ),
  );
}

/** Every subject of a granted token, at any time. */
export function grantedSubjects(grant: Grant, bound: Bound): Fragment {
  const job = sequence("org/", grant.organization, "/project/", grant.project, "/user/");
  return sequence(job, grantedUser(grant.people, bound), grantedSource(grant));
}

function grantedUser(people: GrantedPeople, bound: Bound): Fragment {
  if (people.kind === "listed") return either(...people.members.map(({ id }) => id));
  return bound === "lower" ? uuid(SOME_USER) : sequence(...Array.from(SOME_USER, (): Fragment => anyOne));
}

/** The origin and ref. Neither is required (V1 tokens) only if the role says so. */
function grantedSource({ repository, refs }: Grant): Fragment {
  // An origin ends before the first `/vcs-ref/`, so a repository with that text in its name is
  // never an origin.
  const isReadable = `${repository}${REF}`.indexOf(REF) === repository.length;
  const from = (ref: Fragment): Fragment => (isReadable ? sequence(ORIGIN, repository, REF, ref) : either());
  if (refs.kind === "any") return refs.tokensWithoutOrigin ? either("", from(anyRun)) : from(anyRun);
  const branches = refs.branches.map((name) => sequence("refs/heads/", namesLike(name)));
  const tags = refs.tags.map((name) => sequence("refs/tags/", namesLike(name)));
  return from(either(...branches, ...tags));
}

function namesLike(pattern: RefPattern): Fragment {
  return pattern.kind === "exact" ? pattern.name : sequence(pattern.prefix, anyRun);
}
