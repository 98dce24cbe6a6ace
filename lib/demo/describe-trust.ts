import { type Issuer, issuerHost } from "../token/issuer";

/** One line of a role's trust, read back from AWS: who may come in, and from where. */
export interface Admission {
  /** A user's UUID, or `anyone` of the project. */
  readonly user: string;
  readonly project: string;
  /** `no ref` for V1 subjects, otherwise `<origin> <ref>`. */
  readonly from: string;
}

const USER = `(?<user>[0-9a-f-]{36}|[?]{8}-[?]{4}-[?]{4}-[?]{4}-[?]{12})`;
const SUBJECT = new RegExp(
  `^org/(?<org>[0-9a-f-]{36})/project/(?<project>[0-9a-f-]{36})/user/${USER}(?:/vcs-origin/(?<origin>[^*?]+)/vcs-ref/(?<ref>[^*?]*[*]?))?$`,
);

/**
 * Who a live trust policy lets in, read from its text alone. It understands the one form that this project writes.
 * @throws Error for anything else: the demo does not talk about what it cannot read
 */
export function describeTrust(policy: string, issuer: Issuer, audience: string): readonly Admission[] {
  const document: unknown = JSON.parse(policy);
  const [statement, ...others] = asList(field(document, "Statement"));
  if (others.length > 0) throw new Error("more than one statement in a trust policy");
  const condition = field(statement, "Condition");
  const equals = field(condition, "StringEquals");
  const key = issuerHost(issuer);
  if (field(equals, `${key}:aud`) !== audience)
    throw new Error("the trust policy does not ask for the audience");
  const subjects = field(equals, `${key}:sub`) ?? field(field(condition, "StringLike"), `${key}:sub`);
  return asList(subjects).map((subject) => admission(subject, issuer.organization));
}

function admission(subject: unknown, organization: string): Admission {
  const found = typeof subject === "string" ? SUBJECT.exec(subject)?.groups : undefined;
  if (found?.user === undefined || found.project === undefined || found.org !== organization) {
    throw new Error(`a subject that this demo cannot read: ${JSON.stringify(subject)}`);
  }
  const from = found.origin === undefined ? "no ref" : `${found.origin} ${found.ref ?? ""}`;
  return { user: found.user.startsWith("?") ? "anyone" : found.user, project: found.project, from };
}

function field(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(key);
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined) throw new Error("a part of the trust policy is missing");
  return Array.isArray(value) ? value : [value];
}
