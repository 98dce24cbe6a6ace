import { compareText } from "../../collections/sort";
import type { Grant, GrantedPeople, GrantedRefs, Person, RefPattern } from "../../config/model/model";
import { refRule } from "../../config/rules/git-ref";
import { originsNamedIn, refsNamedIn } from "../../iam/audit/core/named-refs";
import type { Policy } from "../../iam/language/policy";
import type { Known } from "./known";

/** Proofs cost time, and a policy that names so much is no one role's. */
const MOST_CANDIDATES = 64;
/** A user's id in its place, or alone between wildcards, as trust-forms.ts writes long lists. */
const USER = /\/user\/([0-9a-f-]{36})|^\*([0-9a-f-]{36})\*$/g;

/**
 * Grants that a policy might mean, put together from what it spells out, and from what the file
 * knows where it spells out nothing; those that let in most come first. Whether it means one of
 * them is for a proof to say.
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

/** UUIDs of projects that the policy's values spell out, sorted. */
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

/** Everyone, and those whose ids the subjects spell out. */
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

/**
 * Tokens without an origin are meant only where the subjects let them in: a proof tells the two
 * apart.
 */
const ANY: readonly GrantedRefs[] = [
  { kind: "any", tokensWithoutOrigin: true },
  { kind: "any", tokensWithoutOrigin: false },
];

/** Any, and those that the subjects spell out, where access.yaml can say them. */
function refsIn(policy: Policy): readonly GrantedRefs[] {
  const named = refsNamedIn([policy]).map(({ text }) => text);
  const branches = named.flatMap((ref) => patternOf(ref, "refs/heads/", "branch"));
  const tags = named.flatMap((ref) => patternOf(ref, "refs/tags/", "tag"));
  const lists = [
    { branches, tags },
    // Where one value names refs by their beginning and another by all of it, both have to hold:
    // the narrower ones are meant.
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
  return [name.endsWith("*") ? { kind: "prefix", prefix: name.slice(0, -1) } : { kind: "exact", name }];
}

function sortedPatterns(patterns: readonly RefPattern[]): readonly RefPattern[] {
  const text = (one: RefPattern): string => (one.kind === "exact" ? one.name : `${one.prefix}*`);
  return [...patterns].sort((one, other) => compareText(text(one), text(other)));
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
