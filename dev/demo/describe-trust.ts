import { knownFrom } from "../../lib/adopt/understand/known";
import { understand } from "../../lib/adopt/understand/understand";
import type { Access, Account, GrantedRefs, RefPattern } from "../../lib/config/model/model";

/** One line of a role's trust, read back from AWS: who may come in, and from where. */
export interface Admission {
  /** A person's name, `anyone in project …`, or why it could not be told. */
  readonly who: string;
  /** One a place, such as `github.com/acme/website refs/heads/main`; empty: not told. */
  readonly from: readonly string[];
}

/**
 * Who a live trust policy lets in, whatever form it is written in: as for `adopt`, a grant is found
 * by what the policy spells out, and believed by proof alone. What no grant says is told as such,
 * never guessed.
 * @param policy JSON
 * @param account the role's own
 */
export function describeTrust(policy: string, account: Account, access: Access): readonly Admission[] {
  const understood = understand(policy, account, knownFrom(access));
  if (understood.kind === "hand-written")
    return [{ who: `NOT TOLD: hand-written, ${understood.reason}`, from: [] }];
  const { people, refs, repository, project } = understood.grant;
  const from = placesOf(refs, repository);
  if (people.kind === "listed") return people.members.map(({ name }) => ({ who: name, from }));
  const owner = access.projects.find(({ id }) => id === project)?.key ?? project;
  return [{ who: `anyone in project ${owner}`, from }];
}

function placesOf(refs: GrantedRefs, repository: string): readonly string[] {
  if (refs.kind === "any")
    return [`${repository} any ref`, ...(refs.tokensWithoutOrigin ? ["tokens without an origin"] : [])];
  return [
    ...refs.branches.map((branch) => `${repository} refs/heads/${written(branch)}`),
    ...refs.tags.map((tag) => `${repository} refs/tags/${written(tag)}`),
  ];
}

function written(pattern: RefPattern): string {
  return pattern.kind === "exact" ? pattern.name : `${pattern.prefix}*`;
}
