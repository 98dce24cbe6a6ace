import type { Access, Person } from "../../config/model/model";
import { type Phrase, quoted } from "../../describe/phrase";
import { originsNamedIn, refsNamedIn } from "../../iam/audit/core/named-refs";
import { compilePolicy } from "../../iam/evaluate/compile-policy";
import { type CompiledTrust, decideToken } from "../../iam/evaluate/decide-token";
import type { Policy } from "../../iam/language/policy";
import type { Counterexample } from "../../iam/prove/tokens/counterexample";
import { Difference, type TokenKind } from "../../iam/prove/tokens/difference";
import { providersOf } from "../../iam/prove/tokens/principals";
import type { Provider } from "../../iam/prove/tokens/provider";
import { ofUser } from "../../iam/prove/tokens/subject-kinds";
import { SOME_USER } from "../../iam/prove/tokens/subjects";
import { parseSubject } from "../../token/parse-subject";
import { printV1Subject, printV2Subject } from "../../token/subject";
import { type KnownSources, type TokenSource, tokenSourceOf } from "./token-sources";

/** Some people at one place whose tokens one policy lets in and another does not. */
export interface TokenGroup {
  /** Names from access.yaml, sorted; empty: none of the file, or not people. */
  readonly people: readonly string[];
  /** Such as: alice, bob. */
  readonly who: Phrase;
  /** Such as: from `main` of `github.com/acme/website`. Empty: nothing is known of it. */
  readonly where: Phrase;
  /** One of them. */
  readonly counterexample: Counterexample;
}

export interface TokenGroups {
  readonly groups: readonly TokenGroup[];
  /** There are more than are told, or may be. */
  readonly hasMore: boolean;
}

/** So many groups are told; nobody reads more. */
const MOST_GROUPS = 12;

/** Lets in nobody: what is said of a role that is not there. */
export const EMPTY_POLICY: Policy = { version: "2012-10-17", statements: [] };

/** Whether they get in now, or did before. */
export type Effect = "gained" | "lost";

interface Sides {
  readonly effect: Effect;
  readonly allowing: Policy;
  readonly denying: Policy;
  readonly access: Access | undefined;
  readonly provider: Provider;
  readonly difference: Difference;
  readonly places: KnownSources;
  readonly lets: CompiledTrust;
  readonly other: CompiledTrust;
}

/**
 * Who gets in by one policy and not by another: every group that a reader tells apart, by person of
 * the file, anybody else, repository and ref, not only one example.
 * @param providers ARNs of providers that count besides those that the policies name
 * @param access lends names to ids; undefined for plans of projects that have no access.yaml
 * @param example one that is known to get in: told where telling them apart takes too long
 */
export function tokenGroupsOf(
  allowing: Policy,
  denying: Policy,
  effect: Effect,
  providers: readonly string[],
  access: Access | undefined,
  example?: Counterexample,
): TokenGroups {
  const policies = [allowing, denying];
  const places = { access, refs: refsNamedIn(policies), origins: originsNamedIn(policies) };
  const [lets, other] = [compiled(allowing), compiled(denying)];
  const found = providersOf(policies, providers, [access?.organization.server ?? []].flat()).map(
    (provider) => {
      const difference = new Difference(allowing, denying, provider);
      return groupsThrough({
        effect,
        allowing,
        denying,
        access,
        provider,
        difference,
        places,
        lets,
        other,
      });
    },
  );
  const groups = found.flatMap((one) => one.groups);
  if (groups.length === 0 && example !== undefined)
    return { groups: [{ people: [], who: ["somebody"], where: [], counterexample: example }], hasMore: true };
  return {
    groups: groups.slice(0, MOST_GROUPS),
    hasMore: groups.length > MOST_GROUPS || found.some(({ hasMore }) => hasMore),
  };
}

function compiled(policy: Policy): CompiledTrust {
  return { policy, compiled: compilePolicy(policy) };
}

function groupsThrough(sides: Sides): TokenGroups {
  const usual = usualAudiences(sides);
  const ordinary = usual.length === 0 ? { groups: [], hasMore: false, seen: [] } : search(sides, usual);
  // Whoever gets in anyway is not told again for another audience.
  const any = search(sides, undefined, ordinary.seen);
  return { groups: [...ordinary.groups, ...any.groups], hasMore: ordinary.hasMore || any.hasMore };
}

/** What tokens are for when nobody asks for anything else. */
function usualAudiences({ provider: { circleci }, access }: Sides): readonly string[] {
  if (circleci === undefined) return [];
  const organization = circleci === "shared" ? access?.organization.id : circleci.organization;
  const own =
    access === undefined ? [] : [access.organization.audience, ...access.projects.map((one) => one.audience)];
  return [...new Set([...(organization === undefined ? [] : [organization]), ...own])];
}

function search(
  sides: Sides,
  audiences: readonly string[] | undefined,
  already: readonly TokenKind[] = [],
): TokenGroups & { readonly seen: readonly TokenKind[] } {
  const groups: TokenGroup[] = [];
  const seen: TokenKind[] = [...already];
  while (groups.length < MOST_GROUPS) {
    const found = sides.difference.find({
      like: [],
      beside: seen,
      ...(audiences === undefined ? {} : { audiences }),
    });
    if (found.result !== "found") return { groups, seen, hasMore: found.result === "unknown" };
    const { group, kind } = groupOf(found.counterexample, sides, audiences, seen);
    groups.push(group);
    if (kind === undefined) return { groups, seen, hasMore: false };
    seen.push(kind);
  }
  return { groups, seen, hasMore: true };
}

/**
 * The group that a token belongs to, and the tokens of all of that group; undefined: its issuer's
 * tokens are not told apart.
 */
function groupOf(
  counterexample: Counterexample,
  sides: Sides,
  audiences: readonly string[] | undefined,
  seen: readonly TokenKind[],
): { readonly group: TokenGroup; readonly kind: TokenKind | undefined } {
  const { provider, difference, access } = sides;
  const suffix: Phrase = audiences === undefined ? audienceOf(counterexample) : [];
  const subject = parseSubject(counterexample.claims.sub ?? "");
  if (provider.circleci === undefined || subject === undefined) {
    const who: Phrase = ["somebody with a token of ", quoted(provider.issuer)];
    return { group: { people: [], who, where: suffix, counterexample }, kind: undefined };
  }
  if (subject.kind === "audit-logs") {
    const who: Phrase = ["the signer of CircleCI's audit logs, which is no job"];
    return {
      group: { people: [], who, where: suffix, counterexample },
      kind: { like: [counterexample.claims.sub ?? ""] },
    };
  }
  const place = tokenSourceOf(subject, sides.places);
  const known = access?.people ?? [];
  const restricted = audiences === undefined ? {} : { audiences };
  const stranger = difference.find({
    like: place.kind.like,
    unlike: [...(place.kind.unlike ?? []), ...known.map(({ id }) => ofUser(id))],
    beside: seen,
    ...restricted,
  });
  const example = stranger.result === "found" ? stranger.counterexample : counterexample;
  const named = peopleLike(example, sides, known);
  const user = userOf(example) ?? subject.job.user;
  const isAnybody = stranger.result === "found" && (user === SOME_USER || isLike(example, SOME_USER, sides));
  const people = isAnybody || stranger.result !== "found" ? named : [];
  const listed = people.map(({ name }) => name);
  const users = isAnybody ? [] : stranger.result === "found" ? [user] : people.map(({ id }) => id);
  const kinds = narrowed(place.kind, users);
  const all = { ...kinds, beside: seen, ...restricted };
  const exception =
    sides.effect === "gained" ? difference.findDenied(all) : difference.findAllowedByBoth(all);
  return {
    group: {
      people: listed,
      who: isAnybody
        ? everybody(place, listed.length === known.length, access)
        : whoever(listed, user, access),
      where: [...place.say(exception.result === "none"), ...(suffix.length === 0 ? [] : [" ", ...suffix])],
      counterexample: example,
    },
    kind: kinds,
  };
}

/** The tokens of these users from there; no users: everybody's. */
function narrowed({ like, unlike = [] }: TokenKind, users: readonly string[]): TokenKind {
  return { like: users.length === 0 ? like : [...like, { either: users.map(ofUser) }], unlike };
}

function everybody({ project }: TokenSource, isEverybody: boolean, access: Access | undefined): Phrase {
  const who = isEverybody || access === undefined ? "everyone" : "everyone else";
  return project === undefined
    ? [`${who} who can start a pipeline there`]
    : [`${who} who can start a pipeline of `, quoted(project.key)];
}

function whoever(people: readonly string[], user: string, access: Access | undefined): Phrase {
  if (people.length > 0)
    return people.flatMap((name, at) => (at === 0 ? [quoted(name)] : [", ", quoted(name)]));
  return access === undefined ? ["user ", quoted(user)] : ["somebody who is not in access.yaml"];
}

function audienceOf({ claims: { aud } }: Counterexample): Phrase {
  return aud === undefined
    ? ["with a token for no audience"]
    : ["with a token for another audience, such as ", quoted(typeof aud === "string" ? aud : aud.join(", "))];
}

function userOf({ claims }: Counterexample): string | undefined {
  const subject = parseSubject(claims.sub ?? "");
  return subject?.kind === "job" ? subject.job.user : undefined;
}

/** Those whose token, alike but for its user, is in the difference too. */
function peopleLike(
  counterexample: Counterexample,
  sides: Sides,
  people: readonly Person[],
): readonly Person[] {
  return people.filter(({ id }) => isLike(counterexample, id, sides));
}

/**
 * What a request brings along besides is open: a policy that hangs on it may let in, and may not.
 */
function isLike({ claims, provider }: Counterexample, user: string, { lets, other }: Sides): boolean {
  const subject = parseSubject(claims.sub ?? "");
  if (subject?.kind !== "job") return false;
  if (subject.job.user === user) return true;
  const own = { ...subject.job, user };
  const sub = subject.source === undefined ? printV1Subject(own) : printV2Subject(own, subject.source);
  const verdict = (trust: CompiledTrust) => decideToken(trust, { ...claims, sub }, provider).verdict;
  return verdict(lets) !== "denied" && verdict(other) !== "allowed";
}
