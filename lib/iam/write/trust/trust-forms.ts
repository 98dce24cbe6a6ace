import type { Grant } from "../../../config/model/model";
import { issuerHost } from "../../../token/issuer";
import { printV1Subject } from "../../../token/subject";
import { oneOrMany, type PolicyStatement } from "../../language/document";
import { ANY_USER, policyLiteral } from "../../language/pattern";
import { hasExactRefs, subjectFrom, subjectsOf, usersOf } from "./subject-patterns";

export type Conditions = NonNullable<PolicyStatement["Condition"]>;

/**
 * One form of the conditions for a grant. All forms of a grant allow the same tokens. They differ
 * in length and readability.
 */
export interface TrustForm {
  readonly name: "product" | "people and refs" | "floating people" | "floating people and refs";
  readonly conditions: Conditions;
}

/**
 * The forms that express exactly the grant, the most readable first; never empty.
 * docs/trust-forms.md has the argument for each. A key under several operators must match all of
 * them. `StringLike` is in each form, so none allows a token without a subject.
 */
export function trustForms(grant: Grant): readonly TrustForm[] {
  return [product(grant), peopleAndRefs(grant), floatingPeople(grant), floatingBoth(grant)].filter(
    (form) => form !== undefined,
  );
}

/** Every person with every ref. */
function product(grant: Grant): TrustForm {
  const subjects = usersOf(grant).flatMap((user) => subjectsOf(user, grant));
  const exact = grant.people.kind === "listed" && hasExactRefs(grant.refs);
  return form("product", grant, exact ? { StringEquals: subjects } : { StringLike: subjects });
}

/**
 * One operator lists the refs for any user, the other the users: both count from the start of the
 * subject, so they meet at the user.
 */
function peopleAndRefs(grant: Grant): TrustForm | undefined {
  if (grant.people.kind === "everyone") return undefined;
  const people = usersOf(grant).map((user) => `${printV1Subject({ ...grant, user })}*`);
  return form("people and refs", grant, {
    StringLike: subjectsOf(ANY_USER, grant),
    StringLikeIfExists: people,
  });
}

/** All but the user is pinned to the letter, so a person's id cannot stand anywhere else. */
function floatingPeople(grant: Grant): TrustForm | undefined {
  if (grant.people.kind === "everyone" || !hasExactRefs(grant.refs) || hasIdElsewhere(grant))
    return undefined;
  const people = usersOf(grant).map((user) => `*${user}*`);
  return form("floating people", grant, {
    StringLike: subjectsOf(ANY_USER, grant),
    StringLikeIfExists: people,
  });
}

/**
 * All up to the ref's name is pinned, the ref by the end of the subject. A longer name with the
 * same end would have to hold `heads/` or `tags/` once more: that is forbidden, which costs nothing
 * where no listed name and no other part of the subject holds them.
 */
function floatingBoth(grant: Grant): TrustForm | undefined {
  if (grant.people.kind === "everyone" || grant.refs.kind === "any") return undefined;
  if (!hasExactRefs(grant.refs) || hasIdElsewhere(grant)) return undefined;
  const kinds = [
    { home: "heads/", names: exactNames(grant.refs.branches) },
    { home: "tags/", names: exactNames(grant.refs.tags) },
  ].filter(({ names }) => names.length > 0);
  const others = [`/vcs-origin/${grant.repository}/vcs-ref/refs/`, ...kinds.flatMap(({ names }) => names)];
  if (kinds.some(({ home }) => others.some((text) => text.includes(home)))) return undefined;
  return form("floating people and refs", grant, {
    StringLike: kinds.map(({ home }) => subjectFrom(ANY_USER, grant, `refs/${home}*`)),
    StringLikeIfExists: usersOf(grant).map((user) => `*${user}*`),
    "ForAnyValue:StringLike": kinds.flatMap(({ home, names }) =>
      names.map((name) => `*/${home}${policyLiteral(name)}`),
    ),
    StringNotLike: kinds.flatMap((one) => kinds.map((other) => `*${one.home}*${other.home}*`)),
  });
}

/** Whether a person's id occurs elsewhere in the subject: then `*<id>*` would match every user. */
function hasIdElsewhere(grant: Grant): boolean {
  const elsewhere = subjectsOf("", grant);
  return usersOf(grant).some((user) => elsewhere.some((subject) => subject.includes(user)));
}

function exactNames(
  patterns: readonly { readonly kind: string; readonly name?: string }[],
): readonly string[] {
  return patterns.flatMap(({ name }) => (name === undefined ? [] : [name]));
}

function form(
  name: TrustForm["name"],
  grant: Grant,
  subjects: Readonly<Record<string, readonly string[]>>,
): TrustForm {
  const key = issuerHost(grant);
  const conditions: Record<string, Record<string, string | readonly string[]>> = {
    StringEquals: { [`${key}:aud`]: policyLiteral(grant.audience) },
  };
  for (const [operator, values] of Object.entries(subjects)) {
    conditions[operator] = { ...conditions[operator], [`${key}:sub`]: oneOrMany(values) };
  }
  return { name, conditions };
}
