import { ANY_REPOSITORY, isGranted } from "../config/model/grants";
import type { Grant, RefPattern } from "../config/model/model";
import { ProjectError } from "../errors";
import type { Decision } from "../iam/evaluate/decide";
import type { PartReason } from "../iam/evaluate/reasons";
import type { Claims } from "../token/claims";
import { issuerUrl } from "../token/issuer";
import { parseSubject } from "../token/parse-subject";
import type { Target } from "./target";

type Own = NonNullable<Target["own"]>;

/**
 * One sentence in the terms of access.yaml, which the policy is proven to say.
 * @throws ProjectError `explanation-differs` if the file and the decision disagree, which the proof
 * at synth excludes
 */
export function whyByGrant(own: Own, claims: Claims, { verdict }: Decision, person?: string): Why {
  const against = objections(own, claims, person);
  return {
    reason: sentence(own, claims, verdict, against, person),
    against: against.map(({ kind }) => kind),
  };
}

function sentence(
  own: Own,
  claims: Claims,
  verdict: Decision["verdict"],
  against: readonly Objection[],
  person?: string,
): string {
  if ((verdict === "allowed") !== (against.length === 0)) {
    throw new ProjectError({
      code: "explanation-differs",
      message: `access.yaml and the trust policy of "${own.role.name}" disagree about ${JSON.stringify(claims)}`,
      found: verdict,
      fix: "this is an error in cdktf-circleci-oidc: report it with this message and the role's entry",
    });
  }
  const [first] = against;
  if (first !== undefined)
    return [
      first.text,
      ...against.slice(1).map(({ text }, index) => (index === 0 ? `besides, ${text}` : text)),
    ].join("; ");
  const { people, refs } = own.grant;
  const who = people.kind === "everyone" ? "everyone may" : `${person ?? "this person"} is listed`;
  const ref = refIn(claims);
  if (refs.kind !== "any") return `${who}, and so is ${ref ?? "the ref"}`;
  return ref === undefined
    ? `${who}, with tokens that name no repository: ${ANY_REPOSITORY}`
    : `${who}, from any ref`;
}

/** What can be wrong with a token, in the terms of access.yaml. */
export type ObjectionKind =
  | "issuer"
  | "subject"
  | "audit-logs"
  | "organization"
  | "project"
  | "person"
  | "no-ref"
  | "no-origin"
  | "origin"
  | "ref"
  | "audience";

interface Objection {
  readonly kind: ObjectionKind;
  readonly text: string;
}

export interface Why {
  /** One sentence. */
  readonly reason: string;
  /** Everything that is against it; empty where nothing is. */
  readonly against: readonly ObjectionKind[];
}

/** What the grant has against a token, in the order in which people think of it. Empty: nothing. */
function objections({ grant, project, role }: Own, claims: Claims, person?: string): readonly Objection[] {
  const name = `${project.key}/${role.key}`;
  const no = (kind: ObjectionKind, text: string): readonly Objection[] => [{ kind, text }];
  if (claims.iss !== issuerUrl(grant))
    return no("issuer", `the token is not of this organization: its issuer is ${claims.iss}`);
  const subject = parseSubject(claims.sub ?? "");
  if (subject === undefined)
    return no("subject", "the token's subject is none that CircleCI issues for a job");
  if (subject.kind === "audit-logs") return no("audit-logs", "the token signs audit logs and is no job's");
  const { job, source } = subject;
  const { people, refs } = grant;
  const audiences = [claims.aud ?? []].flat();
  return [
    ...(job.organization === grant.organization
      ? []
      : no("organization", "the subject is of another organization")),
    ...(job.project === grant.project
      ? []
      : no("project", `the job is of another project than ${project.key}`)),
    ...(people.kind === "everyone" || isGranted(people, job.user)
      ? []
      : no(
          "person",
          `${person ?? job.user} is not among the people of ${name}: ${people.members.map((one) => one.name).join(", ")}`,
        )),
    ...(source === undefined
      ? withoutSource(grant, name)
      : [
          ...(source.origin === grant.repository
            ? []
            : no("origin", `the code comes from ${source.origin} and not from ${grant.repository}`)),
          ...(refs.kind === "any" || isListed(source.ref, refs)
            ? []
            : no("ref", `${source.ref} is not listed: ${listOf(refs)}`)),
        ]),
    ...(audiences.includes(grant.audience)
      ? []
      : no("audience", `the audience is ${audiences.join(", ") || "missing"} and not ${grant.audience}`)),
  ];
}

/** V1, or of a custom webhook's job. */
function withoutSource({ refs, repository }: Grant, name: string): readonly Objection[] {
  if (refs.kind === "listed") {
    const text = `the token names no branch (a custom webhook, or V1), and ${name} asks for one`;
    return [{ kind: "no-ref", text }];
  }
  if (refs.tokensWithoutOrigin) return [];
  const text = `the token names no repository (a custom webhook, or V1), and ${name} asks for ${repository}`;
  return [{ kind: "no-origin", text }];
}

interface ListedRefs {
  readonly branches: readonly RefPattern[];
  readonly tags: readonly RefPattern[];
}

function isListed(ref: string, { branches, tags }: ListedRefs): boolean {
  const isLike = (home: string) => (pattern: RefPattern) =>
    pattern.kind === "exact" ? ref === home + pattern.name : ref.startsWith(home + pattern.prefix);
  return branches.some(isLike("refs/heads/")) || tags.some(isLike("refs/tags/"));
}

/**
 * Such as `main, release/*, tag v*`, or `any ref`; with tokens that name no repository,
 * `any ref, any repository`.
 */
export function describeRefs({ refs }: Grant): string {
  if (refs.kind === "listed") return listOf(refs);
  return refs.tokensWithoutOrigin ? "any ref, any repository" : "any ref";
}

function listOf({ branches, tags }: ListedRefs): string {
  const text = (pattern: RefPattern): string =>
    pattern.kind === "exact" ? pattern.name : `${pattern.prefix}*`;
  return [...branches.map(text), ...tags.map((tag) => `tag ${text(tag)}`)].join(", ");
}

function refIn({ sub = "" }: Claims): string | undefined {
  const subject = parseSubject(sub);
  return subject?.kind === "job" ? subject.source?.ref : undefined;
}

/** One sentence from the statements alone, for a policy that nobody described in another way. */
export function whyByStatements({ because, decidedBy, hangsOn, statements }: Decision): string {
  if (because === "allow") return `${decidedBy} lets it in`;
  if (because === "explicit-deny") return `${decidedBy} denies it`;
  if (because === "open") return `it depends on ${hangsOn.join(", ")}`;
  const allows = statements.filter(({ effect }) => effect === "Allow");
  if (allows.length === 0) return "no statement allows anything";
  const reasons = allows.map(({ path, parts, decidedBy: paths }) => {
    const part = parts.find((one) => one.path === paths[0]);
    return part === undefined ? path : describePart(part);
  });
  return `no statement lets it in: ${reasons.join("; ")}`;
}

function describePart({ kind, path, found, wanted }: PartReason): string {
  if (kind === "principal" && wanted.length === 0) return `${path} names no principal`;
  const is = typeof found === "string" ? found : found.join(", ");
  return `${path} wants ${wanted.join(" or ")}, found ${is}`;
}
