import type { Access } from "../../config/model/model";
import { audiencesIn, serversOf } from "../../config/model/organizations";
import { originsNamedIn, refsNamedIn } from "../../iam/audit/core/named-refs";
import { compilePolicy } from "../../iam/evaluate/compile-policy";
import type { CompiledTrust } from "../../iam/evaluate/decide-token";
import type { Policy } from "../../iam/language/policy";
import type { Counterexample } from "../../iam/prove/tokens/counterexample";
import { type TokenKind, TrustPolicyDifference } from "../../iam/prove/tokens/difference";
import { providersOf } from "../../iam/prove/tokens/principals";
import { type Effect, groupOf, type Sides, type TokenGroup } from "./token-group";

export interface TokenGroups {
  readonly groups: readonly TokenGroup[];
  /** There are, or may be, more groups than are listed. */
  readonly hasMore: boolean;
}

/** So many groups are listed. */
const MOST_GROUPS = 12;

/** Allows no token: the trust policy of a role that does not exist. */
export const EMPTY_POLICY: Policy = { version: "2012-10-17", statements: [] };

/**
 * The groups of tokens that one policy accepts and another does not: by person of access.yaml,
 * other people, repository and ref, not only one example.
 * @param providers ARNs of providers in addition to those that the policies name
 * @param access names for ids; undefined for plans of projects without access.yaml
 * @param example a token that is known to be accepted: reported if grouping takes too long
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
  const found = providersOf(policies, providers, access === undefined ? [] : serversOf(access)).map(
    (provider) => {
      const difference = new TrustPolicyDifference(allowing, denying, provider);
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
    return {
      groups: [
        { people: [], who: ["anyone with such a token"], where: [], from: [], counterexample: example },
      ],
      hasMore: true,
    };
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
  // A group that is allowed with a usual audience is not repeated for another one.
  const any = search(sides, undefined, ordinary.seen);
  return { groups: [...ordinary.groups, ...any.groups], hasMore: ordinary.hasMore || any.hasMore };
}

/** The audiences of tokens for which no other audience is requested. */
function usualAudiences({ provider: { circleci }, access }: Sides): readonly string[] {
  if (circleci === undefined) return [];
  const ids =
    circleci === "shared" ? (access?.organizations ?? []).map(({ id }) => id) : [circleci.organization];
  return [...new Set([...ids, ...(access === undefined ? [] : audiencesIn(access))])];
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
