import type { Access, Person } from "../../config/model/model";
import { describeEveryone, describeNames, describeUnknownUser } from "../../describe/people";
import { type Phrase, plainText, quoted } from "../../describe/phrase";
import { type CompiledTrust, decideToken } from "../../iam/evaluate/decide-token";
import type { Policy } from "../../iam/language/policy";
import type { Counterexample } from "../../iam/prove/tokens/counterexample";
import type { TokenKind, TrustPolicyDifference } from "../../iam/prove/tokens/difference";
import type { Provider } from "../../iam/prove/tokens/provider";
import { ofUser } from "../../iam/prove/tokens/subject-kinds";
import { SOME_USER } from "../../iam/prove/tokens/subjects";
import { parseSubject } from "../../token/parse-subject";
import { printV1Subject, printV2Subject } from "../../token/subject";
import { otherIssuerPeople } from "./other-issuers";
import { endOf, endsOf } from "./token-ends";
import { type KnownSources, type TokenSource, tokenSourceOf } from "./token-sources";

/** People from one source whose tokens one policy allows and another does not. */
export interface TokenGroup {
  /** Names from access.yaml, sorted; empty: none of the file, or not people. */
  readonly people: readonly string[];
  /** Such as: alice, bob. */
  readonly who: Phrase;
  /** Such as: from `main` of `github.com/acme/website`. Empty: nothing is known of it. */
  readonly where: Phrase;
  /** The same as an extent, without examples: `main`. */
  readonly from: Phrase;
  /** One of them. */
  readonly counterexample: Counterexample;
  /** When their access ends, by the policy after the change. Absent: it has no end. */
  readonly ends?: readonly { readonly who: Phrase; readonly end: string }[];
  /** Strangers have such tokens of an issuer that serves many owners. Absent: not known to. */
  readonly isOfAnyOwner?: boolean;
}

/** Whether the tokens are allowed now, or were before. */
export type Effect = "gained" | "lost";

/** Two policies that are compared for the tokens of one provider. */
export interface Sides {
  readonly effect: Effect;
  readonly allowing: Policy;
  readonly denying: Policy;
  readonly access: Access | undefined;
  readonly provider: Provider;
  readonly difference: TrustPolicyDifference;
  readonly places: KnownSources;
  readonly lets: CompiledTrust;
  readonly other: CompiledTrust;
}

/**
 * The group that a token belongs to, and all tokens of that group; undefined: tokens of its issuer
 * are not grouped.
 */
export function groupOf(
  counterexample: Counterexample,
  sides: Sides,
  audiences: readonly string[] | undefined,
  seen: readonly TokenKind[],
): { readonly group: TokenGroup; readonly kind: TokenKind | undefined } {
  const { provider, difference, access, allowing, denying } = sides;
  const suffix: Phrase = audiences === undefined ? audienceOf(counterexample) : [];
  const subject = parseSubject(counterexample.claims.sub ?? "");
  if (provider.circleci === undefined || subject === undefined) {
    if (provider.circleci !== undefined) {
      const who: Phrase = ["anyone with a token of ", quoted(provider.issuer)];
      return { group: { people: [], who, where: suffix, from: suffix, counterexample }, kind: undefined };
    }
    const { who, from, isOfAnyOwner } = otherIssuerPeople(provider.issuer, allowing, denying);
    const isPlace = from.length > 0 && !/^(?:in|with) /.test(plainText(from));
    const where: Phrase = isPlace ? ["from ", ...from] : from;
    return { group: { people: [], who, where, from, isOfAnyOwner, counterexample }, kind: undefined };
  }
  if (subject.kind === "audit-logs") {
    const who: Phrase = ["the signer of CircleCI's audit logs (not a job)"];
    return {
      group: { people: [], who, where: suffix, from: suffix, counterexample },
      kind: { like: [counterexample.claims.sub ?? ""] },
    };
  }
  const place = tokenSourceOf(subject, sides.places);
  const known = access?.people ?? [];
  const restricted = audiences === undefined ? {} : { audiences };
  const unlisted = difference.find({
    like: place.kind.like,
    unlike: [...(place.kind.unlike ?? []), ...known.map(({ id }) => ofUser(id))],
    beside: seen,
    ...restricted,
  });
  const example = unlisted.result === "found" ? unlisted.counterexample : counterexample;
  const named = peopleLike(example, sides, known);
  const user = userOf(example) ?? subject.job.user;
  const isAnyUser = unlisted.result === "found" && (user === SOME_USER || isLike(example, SOME_USER, sides));
  const people = isAnyUser || unlisted.result !== "found" ? named : [];
  const listed = people.map(({ name }) => name);
  const users = isAnyUser ? [] : unlisted.result === "found" ? [user] : people.map(({ id }) => id);
  const kinds = narrowed(place.kind, users);
  const all = { ...kinds, beside: seen, ...restricted };
  const exception =
    sides.effect === "gained" ? difference.findDenied(all) : difference.findAllowedByBoth(all);
  const isWhole = exception.result === "none";
  const ending: Phrase = suffix.length === 0 ? [] : [" ", ...suffix];
  const who = isAnyUser
    ? everyone(place, listed.length === known.length, access)
    : listed.length > 0
      ? describeNames(listed)
      : describeUnknownUser(access === undefined ? user : undefined);
  const ends = endsAfter(example, isAnyUser ? [] : people, who, sides);
  return {
    group: {
      people: listed,
      who,
      ...(ends.length === 0 ? {} : { ends }),
      where: [...place.phrase(isWhole), ...ending],
      from: [...place.extent(isWhole), ...ending],
      counterexample: example,
    },
    kind: kinds,
  };
}

/** The tokens of these users from this place; without users: those of everyone. */
function narrowed({ like, unlike = [] }: TokenKind, users: readonly string[]): TokenKind {
  return { like: users.length === 0 ? like : [...like, { either: users.map(ofUser) }], unlike };
}

function everyone({ project }: TokenSource, isEveryone: boolean, access: Access | undefined): Phrase {
  return describeEveryone({
    ...(project === undefined ? {} : { project: project.key }),
    isElse: !isEveryone && access !== undefined,
  });
}

function audienceOf({ claims: { aud } }: Counterexample): Phrase {
  return aud === undefined
    ? ["with a token without an audience"]
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

/** When the access of a group ends: that of each of its people, else that of the example. */
function endsAfter(
  example: Counterexample,
  people: readonly Person[],
  who: Phrase,
  { effect, lets, other }: Sides,
): NonNullable<TokenGroup["ends"]> {
  const after = effect === "gained" ? lets : other;
  if (people.length === 0) {
    const end = endOf(example, after);
    return end === undefined ? [] : [{ who, end }];
  }
  const tokens = people.map(({ name, id }) => ({
    name,
    token: { ...example, claims: claimsOf(example, id) },
  }));
  return endsOf(tokens, after).map(({ names, end }) => ({ who: describeNames(names), end }));
}

/** The rest of the request is unknown: a policy that depends on it may or may not allow it. */
function isLike(token: Counterexample, user: string, { lets, other }: Sides): boolean {
  const own = userOf(token);
  if (own === undefined) return false;
  if (own === user) return true;
  const claims = claimsOf(token, user);
  const verdict = (trust: CompiledTrust) => decideToken(trust, claims, token.provider).verdict;
  return verdict(lets) !== "denied" && verdict(other) !== "allowed";
}

/** The claims of a job of another user; those of other tokens stay. */
function claimsOf({ claims }: Counterexample, user: string): Counterexample["claims"] {
  const subject = parseSubject(claims.sub ?? "");
  if (subject?.kind !== "job") return claims;
  const own = { ...subject.job, user };
  const sub = subject.source === undefined ? printV1Subject(own) : printV2Subject(own, subject.source);
  return { ...claims, sub };
}
