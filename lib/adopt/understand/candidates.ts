import { compareText } from "../../collections/sort";
import type { Grant, GrantedPeople, GrantedRefs, Person, RefPattern } from "../../config/model/model";
import { patternText, readPattern } from "../../config/model/ref-pattern";
import { refRule } from "../../config/rules/git-ref";
import { originsNamedIn, refsNamedIn } from "../../iam/audit/core/named-refs";
import type { Policy } from "../../iam/language/policy";
import type { Known } from "./known";

/** Limit on the number of proofs; a policy with more combinations is hand-written. */
const MOST_CANDIDATES = 64;
/** A user ID in its field, or alone between wildcards, as trust-forms.ts writes long lists. */
const USER = /\/user\/([0-9a-f-]{36})|^\*([0-9a-f-]{36})\*$/g;

/**
 * Grants that a policy might express: combinations of the values that it names and, where it names
 * none, of those in access.yaml. The broadest come first. A proof decides which one applies.
 */
export function candidatesFor(policy: Policy, known: Known): readonly Grant[] {
  const projects = projectsNamedIn(policy);
  const { organization, server } = known;
  const issuer = { organization, ...(server === undefined ? {} : { server }) };
  const grants = (projects.length > 0 ? projects : known.projects.map(({ id }) => id)).flatMap((project) =>
    originsFor(project, policy, known).flatMap((repository) =>
      peopleIn(policy, known).flatMap((people) =>
        refsIn(policy).flatMap((refs) =>
          audiencesIn(policy, project, known).map(
            (audience): Grant => ({
              ...issuer,
              audience,
              project,
              repository,
              people,
              refs,
            }),
          ),
        ),
      ),
    ),
  );
  return grants.slice(0, MOST_CANDIDATES);
}

/** UUIDs of the projects that the policy names, sorted. */
export function projectsNamedIn(policy: Policy): readonly string[] {
  return unique(valuesOf(policy, /:(?:sub|oidc\.circleci\.com\/project-id)$/i).flatMap(projectsIn));
}

function projectsIn(text: string): readonly string[] {
  const inSubject = [...text.matchAll(/\/project\/([0-9a-f-]{36})/g)].flatMap(([, id]) => id ?? []);
  return /^[0-9a-f-]{36}$/.test(text) ? [text] : inSubject;
}

function originsFor(project: string, policy: Policy, known: Known): readonly string[] {
  const named = originsNamedIn([policy]);
  const own = known.projects.find(({ id }) => id === project)?.repository;
  return named.length > 0 ? named : own === undefined ? [] : [own];
}

/** Everyone, and the people whose IDs the subjects contain. */
function peopleIn(policy: Policy, known: Known): readonly GrantedPeople[] {
  const ids = unique(
    valuesOf(policy, /:sub$/i).flatMap((text) =>
      [...text.matchAll(USER)].flatMap(([, inPlace, alone]) => inPlace ?? alone ?? []),
    ),
  );
  const members = ids.map((id): Person => ({ name: known.nameOf(id), id }));
  return [
    { kind: "everyone" },
    ...(members.length === 0
      ? []
      : [
          {
            kind: "listed" as const,
            members: members.sort((one, other) => compareText(one.name, other.name)),
          },
        ]),
  ];
}

/** With and without tokens that name no repository; a proof tells the two apart. */
const ANY: readonly GrantedRefs[] = [
  { kind: "any", tokensWithoutOrigin: true },
  { kind: "any", tokensWithoutOrigin: false },
];

/** Any ref, and the refs that the subjects name, if access.yaml can express them. */
function refsIn(policy: Policy): readonly GrantedRefs[] {
  const named = refsNamedIn([policy]).map(({ text }) => text);
  const branches = named.flatMap((ref) => patternOf(ref, "refs/heads/", "branch"));
  const tags = named.flatMap((ref) => patternOf(ref, "refs/tags/", "tag"));
  const lists = [
    { branches, tags },
    // If one value names a ref by its prefix and another in full, both must match: the narrower
    // applies.
    { branches: withoutCovering(branches), tags: withoutCovering(tags) },
  ].filter((one) => one.branches.length + one.tags.length > 0);
  const listed = lists.map(
    (one): GrantedRefs => ({
      kind: "listed",
      branches: sortedPatterns(one.branches),
      tags: sortedPatterns(one.tags),
    }),
  );
  return [...ANY, ...new Map(listed.map((one) => [JSON.stringify(one), one])).values()];
}

function withoutCovering(patterns: readonly RefPattern[]): readonly RefPattern[] {
  return patterns.filter(
    (one) => one.kind === "exact" || !patterns.some((other) => other !== one && covers(one.prefix, other)),
  );
}

function covers(prefix: string, other: RefPattern): boolean {
  return (other.kind === "exact" ? other.name : other.prefix).startsWith(prefix);
}

function patternOf(ref: string, home: string, kind: "branch" | "tag"): readonly RefPattern[] {
  if (!ref.startsWith(home)) return [];
  const name = ref.slice(home.length);
  if (refRule(kind)(name) !== undefined || /[?]|\*./.test(name)) return [];
  return [readPattern(name)];
}

function sortedPatterns(patterns: readonly RefPattern[]): readonly RefPattern[] {
  return [...patterns].sort((one, other) => compareText(patternText(one), patternText(other)));
}

function audiencesIn(policy: Policy, project: string, known: Known): readonly string[] {
  const own = known.projects.find(({ id }) => id === project)?.audience;
  return unique([...valuesOf(policy, /:aud$/i), ...(own === undefined ? [] : [own]), known.audience]);
}

function valuesOf(policy: Policy, keys: RegExp): readonly string[] {
  return policy.statements
    .flatMap(({ conditions }) => conditions)
    .filter(({ key }) => keys.test(key))
    .flatMap(({ values }) => values)
    .map(({ text }) => text);
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
