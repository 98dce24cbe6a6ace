import type { Grant, GrantedPeople, GrantedRefs, RefPattern } from "../access/model";
import { issuerHost } from "../token/issuer";
import { printV1Subject, printV2Subject } from "../token/subject";
import { oneOrMany, type PolicyDocument } from "./document";
import { ANY_USER, policyLiteral } from "./pattern";

/**
 * The trust policy of a role: exactly the tokens of the grant, and no other.
 *
 * Every subject pattern has a fixed width up to its end, so no part of a branch name that somebody chooses can pass for
 * another part of the subject; a `*` stands only at the very end (docs/decisions/0002-fixed-width-subjects.md).
 *
 * @param grant what may come in; its lists are sorted, so the same grant gives the same bytes
 * @param providerArn the account's OIDC provider for the organization's own issuer
 */
export function writeTrustPolicy(grant: Grant, providerArn: string): PolicyDocument {
  const key = issuerHost(grant.organization);
  const subjects = subjectPatterns(grant);
  const exact = grant.people.kind === "listed" && isExact(grant.refs);
  const audience = { [`${key}:aud`]: policyLiteral(grant.audience) };
  const subject = { [`${key}:sub`]: oneOrMany(subjects) };
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: providerArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: exact
          ? { StringEquals: { ...audience, ...subject } }
          : { StringEquals: audience, StringLike: subject },
      },
    ],
  };
}

function subjectPatterns(grant: Grant): readonly string[] {
  return userPatterns(grant.people).flatMap((user) => {
    const job = { organization: grant.organization, project: grant.project, user };
    const fromRefs = refPatterns(grant.refs).map((ref) =>
      printV2Subject(job, { origin: policyLiteral(grant.repository), ref }),
    );
    return grant.refs.kind === "any" ? [printV1Subject(job), ...fromRefs] : fromRefs;
  });
}

function userPatterns(people: GrantedPeople): readonly string[] {
  return people.kind === "everyone" ? [ANY_USER] : people.members.map((person) => person.id);
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

function isExact(refs: GrantedRefs): boolean {
  return refs.kind === "listed" && [...refs.branches, ...refs.tags].every(({ kind }) => kind === "exact");
}
