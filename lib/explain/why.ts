import { isGranted, periodsFor } from "../config/model/grants";
import type { Grant, GrantedRefs, Periods, RefPattern } from "../config/model/model";
import { isInForce } from "../config/model/period";
import { type Admission, describeAdmission } from "../describe/admission";
import type { Language } from "../describe/language";
import { type Phrase, plainText } from "../describe/phrase";
import { describeRefusal, type Objection, type ObjectionKind } from "../describe/refusal";
import { roleKey } from "../describe/role";
import { ProjectError } from "../errors";
import type { Decision } from "../iam/evaluate/decide";
import type { PartReason } from "../iam/evaluate/reasons";
import type { Claims } from "../token/claims";
import { issuerUrl } from "../token/issuer";
import { parseSubject, type Subject } from "../token/parse-subject";
import { fullRef } from "../token/ref";
import type { Target } from "./target";

type Own = NonNullable<Target["own"]>;

/**
 * The reason in the terms of access.yaml, to which the policy is proven equivalent.
 * @throws ProjectError `explanation-differs` if access.yaml and the decision disagree, which the
 * proof at synth rules out
 */
export function whyByGrant(own: Own, claims: Claims, { verdict }: Decision, person?: string): Why {
  const against = objectionsTo(own, claims);
  if ((verdict === "allowed") !== (against.length === 0))
    throw new ProjectError({
      code: "explanation-differs",
      message: `access.yaml and the trust policy of "${own.role.name}" disagree about ${JSON.stringify(claims)}`,
      found: verdict,
      fix: "this is a bug in cdktf-circleci-oidc: report it with this message and the role's entry",
    });
  return {
    reason: plainText(describeDecision(own, claims, person)),
    against: against.map(({ kind }) => kind),
    ...datesOf(own, claims),
  };
}

function datesOf({ grant, at }: Own, claims: Claims): Pick<Why, "periods" | "at"> {
  const user = jobOf(claims)?.job.user;
  const periods = user === undefined ? undefined : periodsFor(grant.people, user);
  return periods === undefined || at === undefined ? {} : { periods, at };
}

interface Why {
  /** One sentence. */
  readonly reason: string;
  /** Every reason for a refusal. Empty: the token is admitted. */
  readonly against: readonly ObjectionKind[];
  /** When the role is granted to the token's user, if not always, and the moment of the answer. */
  readonly periods?: Periods;
  readonly at?: string;
}

/** Why access.yaml admits or refuses a token. @param person the name of its user, if it is known */
export function describeDecision(own: Own, claims: Claims, person?: string, language?: Language): Phrase {
  const against = objectionsTo(own, claims);
  if (against.length > 0) return describeRefusal(against, language);
  const { people, refs } = own.grant;
  const { job, source } = jobOf(claims) ?? {};
  const member = people.kind === "everyone" ? undefined : people.members.find(({ id }) => id === job?.user);
  return describeAdmission(
    {
      role: roleKey(own.project, own.role),
      person: people.kind === "everyone" ? undefined : (person ?? member?.name),
      ref: source?.ref,
      refs,
      ...datesAndSession(own, claims),
    },
    language,
  );
}

function datesAndSession(own: Own, claims: Claims): Pick<Admission, "time"> {
  const { periods, at } = datesOf(own, claims);
  if (periods === undefined || at === undefined) return {};
  return { time: { periods, at, sessionSeconds: own.role.sessionSeconds } };
}

/** The grant's objections to a token, in the order in which people think of them. */
function objectionsTo(own: Own, claims: Claims): readonly Objection[] {
  const { grant, project, role } = own;
  if (claims.iss !== issuerUrl(grant)) return [{ kind: "issuer", found: claims.iss }];
  const subject = parseSubject(claims.sub ?? "");
  if (subject === undefined) return [{ kind: "subject" }];
  if (subject.kind === "audit-logs") return [{ kind: "audit-logs" }];
  const { job, source } = subject;
  const { people, refs, repository, audience } = grant;
  const key = roleKey(project, role);
  const audiences = [claims.aud ?? []].flat();
  const objections: readonly (Objection | undefined)[] = [
    job.organization === grant.organization ? undefined : { kind: "organization" },
    job.project === grant.project ? undefined : { kind: "project", project: project.key },
    isGranted(people, job.user) ? undefined : { kind: "person", role: key, people },
    withoutTime(own, claims, key),
    source === undefined ? withoutSource(grant, key) : undefined,
    source === undefined || source.origin === repository
      ? undefined
      : { kind: "origin", found: source.origin, repository },
    source === undefined || isListed(source.ref, refs) ? undefined : { kind: "ref", found: source.ref, refs },
    audiences.includes(audience) ? undefined : { kind: "audience", found: audiences, audience },
  ];
  return objections.filter((one) => one !== undefined);
}

/** A person whom the role lists, at a moment at which the entry is not in force. */
function withoutTime(own: Own, claims: Claims, role: string): Objection | undefined {
  const { time } = datesAndSession(own, claims);
  if (time === undefined || isInForce(time.periods, time.at)) return undefined;
  const { people } = own.grant;
  const user = jobOf(claims)?.job.user;
  const person = people.kind === "everyone" ? undefined : people.members.find(({ id }) => id === user)?.name;
  return { kind: "time", role, person, ...time };
}

/** A V1 token, or one of a custom webhook's job. */
function withoutSource({ refs, repository }: Grant, role: string): Objection | undefined {
  if (refs.kind === "listed") return { kind: "no-ref", role, refs };
  return refs.tokensWithoutOrigin ? undefined : { kind: "no-origin", role, repository };
}

function isListed(ref: string, refs: GrantedRefs): boolean {
  if (refs.kind === "any") return true;
  const isLike = (kind: "branch" | "tag") => (pattern: RefPattern) =>
    pattern.kind === "exact"
      ? ref === fullRef({ kind, name: pattern.name })
      : ref.startsWith(fullRef({ kind, name: pattern.prefix }));
  return refs.branches.some(isLike("branch")) || refs.tags.some(isLike("tag"));
}

function jobOf({ sub = "" }: Claims): Extract<Subject, { kind: "job" }> | undefined {
  const subject = parseSubject(sub);
  return subject?.kind === "job" ? subject : undefined;
}

/** The reason from the statements alone, for a policy that is not from access.yaml. */
export function whyByStatements({ because, decidedBy, dependsOn, statements }: Decision): string {
  if (because === "allow") return `${decidedBy} allows it`;
  if (because === "explicit-deny") return `${decidedBy} denies it`;
  if (because === "open") return `depends on ${dependsOn.join(", ")}`;
  const allows = statements.filter(({ effect }) => effect === "Allow");
  if (allows.length === 0) return "the policy has no Allow statement";
  const reasons = allows.map(({ path, parts, decidedBy: paths }) => {
    const part = parts.find((one) => one.path === paths[0]);
    return part === undefined ? path : describePart(part);
  });
  return `no statement allows it: ${reasons.join("; ")}`;
}

function describePart({ kind, path, found, wanted }: PartReason): string {
  if (kind === "principal" && wanted.length === 0) return `${path} names no principal`;
  const is = typeof found === "string" ? found : found.join(", ");
  return `${path} requires ${wanted.join(" or ")}, found ${is}`;
}
