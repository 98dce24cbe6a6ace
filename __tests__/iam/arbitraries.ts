import fc from "fast-check";
import type { Grant, GrantedPeople, GrantedRefs, Person, RefPattern } from "../../lib/config/model/model";
import { anyRef, anyRefOrNone, everyone, organization, PROJECT_ID } from "../fixtures/access";
import { type Token, tokenWith, v1, v2 } from "./meaning";

const people: readonly Person[] = ["ann", "ben", "cat", "dan"].map((name, index) => ({
  name,
  id: `0000000${index}-93a4-4a39-8f3f-2d1f2f0c7a01`,
}));
const repositories = ["github.com/acme/site", "github.com/acme/site-2", "gitlab.com/acme/web/site"];
const audiences = [organization.id, "acme*", "a?me", "sts.amazonaws.com"];

/**
 * Names as hostile as git lets them be, and some that it does not: what a policy takes for its own
 * language, what a subject takes for its parts.
 */
const nameParts = fc.constantFrom(
  ...('abmain/x$${*?}é中🚀"\\%{'.match(/./gu)?.values() ?? []),
  ...[
    "main",
    "release/",
    "${",
    "}",
    "${*}",
    "${$}",
    "${aws:username}",
    "/vcs-ref/",
    "refs/heads/",
    "heads/",
    "tags/",
    "/vcs-origin/",
  ],
  ...people.map(({ id }) => id),
  ...repositories,
);
export const refName = fc.array(nameParts, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(""));

const refPattern: fc.Arbitrary<RefPattern> = fc.oneof(
  fc.constantFrom<RefPattern>({ kind: "exact", name: "main" }, { kind: "prefix", prefix: "" }),
  refName.map((name) => ({ kind: "exact" as const, name })),
  refName.map((prefix) => ({ kind: "prefix" as const, prefix })),
);

const grantedPeople: fc.Arbitrary<GrantedPeople> = fc.oneof(
  fc.constant(everyone),
  fc
    .uniqueArray(fc.constantFrom(...people), { minLength: 1, maxLength: 3 })
    .map((members) => ({ kind: "listed" as const, members })),
);

const listedRefs: fc.Arbitrary<GrantedRefs> = fc
  .record({
    branches: fc.array(refPattern, { maxLength: 3 }),
    tags: fc.array(refPattern, { maxLength: 2 }),
  })
  .filter(({ branches, tags }) => branches.length + tags.length > 0)
  .map((listed) => ({ kind: "listed" as const, ...listed }));

export const anyGrant: fc.Arbitrary<Grant> = fc.record({
  organization: fc.constant(organization.id),
  audience: fc.constantFrom(...audiences),
  project: fc.constant(PROJECT_ID),
  repository: fc.constantFrom(...repositories),
  people: grantedPeople,
  refs: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(anyRef, anyRefOrNone) },
    { weight: 3, arbitrary: listedRefs },
  ),
});

/** Listed people and whole names, of which most leave every way open to write them. */
export const exactGrant: fc.Arbitrary<Grant> = fc
  .tuple(
    anyGrant,
    fc.uniqueArray(fc.constantFrom(...people), { minLength: 1, maxLength: 3 }),
    fc.array(fc.oneof(fc.constantFrom("main", "x/main", "a"), refName), { minLength: 1, maxLength: 3 }),
    fc.array(fc.constantFrom("v1", "x/v1", "main"), { maxLength: 2 }),
  )
  .map(([grant, members, branches, tags]) => ({
    ...grant,
    people: { kind: "listed", members },
    refs: { kind: "listed", branches: branches.map(exactly), tags: tags.map(exactly) },
  }));

function exactly(name: string): RefPattern {
  return { kind: "exact", name };
}

/** Refs at and around what the grant lists. */
function refsNear(grant: Grant): fc.Arbitrary<string> {
  const listed =
    grant.refs.kind === "any"
      ? ["main"]
      : [...grant.refs.branches, ...grant.refs.tags].map((ref) =>
          ref.kind === "exact" ? ref.name : ref.prefix,
        );
  const name = fc.oneof(fc.constantFrom(...listed), refName);
  const around = fc.oneof(fc.constant(""), fc.constant(""), refName);
  const near = fc.tuple(around, name, around).map((pieces) => pieces.join(""));
  const walkThrough = name.map((inner) => `x/vcs-origin/${grant.repository}/vcs-ref/refs/heads/${inner}`);
  return fc
    .tuple(
      fc.constantFrom("refs/heads/", "refs/heads/", "refs/tags/", "refs/", ""),
      fc.oneof({ weight: 3, arbitrary: near }, { weight: 1, arbitrary: walkThrough }),
    )
    .map((pieces) => pieces.join(""));
}

function originsNear(grant: Grant): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant(grant.repository) },
    { weight: 1, arbitrary: fc.constantFrom(...repositories) },
    { weight: 1, arbitrary: refName.map((fork) => `github.com/mallory/${fork}`) },
    { weight: 1, arbitrary: refName.map((more) => `${grant.repository}${more}`) },
    { weight: 1, arbitrary: fc.constant(`github.com/mallory/vcs-origin/${grant.repository}`) },
  );
}

/** Tokens of which many are meant by the grant, and most others nearly are. */
export function tokensNear(grant: Grant): fc.Arbitrary<Token> {
  const members = grant.people.kind === "listed" ? grant.people.members : people;
  const user = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...members.map(({ id }) => id)) },
    { weight: 2, arbitrary: fc.oneof(fc.constantFrom(...people.map(({ id }) => id)), fc.uuid()) },
  );
  const common = {
    organization: mostly(grant.organization),
    project: mostly(grant.project),
    user,
  };
  const subject = fc.oneof(
    { weight: 1, arbitrary: fc.record(common).map((parts) => v1(parts)) },
    {
      weight: 6,
      arbitrary: fc
        .record({ ...common, origin: originsNear(grant), ref: refsNear(grant) })
        .map((parts) => v2(parts)),
    },
  );
  const audience = fc.oneof(
    { weight: 9, arbitrary: fc.constant(grant.audience) },
    { weight: 1, arbitrary: fc.constantFrom(...audiences, "acme", "acmes", "a-me") },
  );
  return fc.tuple(subject, audience).map(([sub, aud]) => tokenWith(sub, { aud }));
}

function mostly(value: string): fc.Arbitrary<string> {
  return fc.oneof({ weight: 19, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.uuid() });
}
