import { acceptsTokensWithoutOrigin } from "../../../config/model/grants";
import type { Grant, GrantedRefs, RefPattern } from "../../../config/model/model";
import { printV1Subject, printV2Subject } from "../../../token/subject";
import { ANY_USER, policyLiteral } from "../../language/pattern";

/**
 * Condition values for the subjects of one user, or of `ANY_USER`, from every origin and ref of the
 * grant. Every value has a fixed width up to its end, so that no part of a chosen branch name can
 * match another part of the subject. A `*` is only at the end
 * (docs/decisions/0002-fixed-width-subjects.md).
 */
export function subjectsOf(user: string, grant: Grant): readonly string[] {
  const job = { organization: grant.organization, project: grant.project, user };
  const fromRefs = refPatterns(grant.refs).map((ref) => subjectFrom(user, grant, ref));
  return acceptsTokensWithoutOrigin(grant) ? [printV1Subject(job), ...fromRefs] : fromRefs;
}

/** The same for one ref pattern: `refs/heads/main`, `refs/heads/*`. */
export function subjectFrom(user: string, grant: Grant, ref: string): string {
  const job = { organization: grant.organization, project: grant.project, user };
  return printV2Subject(job, { origin: policyLiteral(grant.repository), ref });
}

/** The users: one id for each person, or the pattern that matches any id. */
export function usersOf({ people }: Grant): readonly string[] {
  return people.kind === "everyone" ? [ANY_USER] : people.members.map((person) => person.id);
}

/** Whether the grant lists refs, and every one of them by its whole name. */
export function hasExactRefs(refs: GrantedRefs): boolean {
  return refs.kind === "listed" && [...refs.branches, ...refs.tags].every(({ kind }) => kind === "exact");
}

function refPatterns(refs: GrantedRefs): readonly string[] {
  if (refs.kind === "any") return ["*"];
  return [
    ...refs.branches.map((branch) => `refs/heads/${namePattern(branch)}`),
    ...refs.tags.map((tag) => `refs/tags/${namePattern(tag)}`),
  ];
}

function namePattern(pattern: RefPattern): string {
  return pattern.kind === "exact" ? policyLiteral(pattern.name) : `${policyLiteral(pattern.prefix)}*`;
}
