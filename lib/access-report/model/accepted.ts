import type { Access, AnyRole } from "../../config/model/model";
import { serversOf } from "../../config/model/organizations";
import { callersOf } from "../../diff/requests/request-sentences";
import { othersBetween } from "../../diff/tokens/other-callers";
import { EMPTY_POLICY } from "../../diff/tokens/token-groups";
import type { TrustComparisons } from "../../diff/tokens/trust-comparisons";
import { either } from "../../iam/automata/fragments";
import type { Policy } from "../../iam/language/policy";
import { parsePolicy } from "../../iam/language/read-policy";
import { findAllowed } from "../../iam/prove/tokens/find-allowed";
import { providersOf } from "../../iam/prove/tokens/principals";
import { ofUser } from "../../iam/prove/tokens/subject-kinds";
import type { AcceptedGroup } from "./report";

/** Whom a trust policy that the file does not explain accepts. */
export interface Accepted {
  readonly groups: readonly AcceptedGroup[];
  readonly hasMore: boolean;
  /** By name in the file: `no` only where it is proven. */
  readonly people: ReadonlyMap<string, Acceptance>;
  readonly everyoneElse: Acceptance;
}

type Acceptance = "yes" | "maybe" | "no";

/** Whom the trust policy of a hand-written role accepts, by proof over all tokens. */
export function acceptedBy(trust: AnyRole["trust"], access: Access, trusts: TrustComparisons): Accepted {
  return acceptedByPolicy(parsePolicy(trust?.text ?? ""), access, trusts);
}

/** The same of a policy. @param trusts of the same Access */
export function acceptedByPolicy(policy: Policy, access: Access, trusts: TrustComparisons): Accepted {
  const { groups, hasMore } = trusts.admittedBy(policy);
  const others = othersBetween(EMPTY_POLICY, policy).requests.gained.map(
    (one): AcceptedGroup => ({ who: callersOf(one).who, where: [], people: [] }),
  );
  const named = new Set(groups.flatMap(({ people }) => people));
  const rest: Acceptance = hasMore ? "maybe" : "no";
  return {
    groups: [...groups.map(({ who, where, people }) => ({ who, where, people })), ...distinct(others)],
    hasMore,
    people: new Map(access.people.map(({ name }) => [name, named.has(name) ? "yes" : rest])),
    everyoneElse: groups.length === 0 ? rest : acceptsOthers(policy, access),
  };
}

/** Whether it accepts a job's token of a user whom the file does not name. */
function acceptsOthers(policy: Policy, access: Access): Acceptance {
  const unlike = either(...access.people.map(({ id }) => ofUser(id)));
  const answers = providersOf([policy], [], serversOf(access)).map(
    (provider) => findAllowed(policy, provider, access.people.length === 0 ? {} : { unlike }).result,
  );
  if (answers.includes("found")) return "yes";
  return answers.includes("unknown") ? "maybe" : "no";
}

function distinct(groups: readonly AcceptedGroup[]): readonly AcceptedGroup[] {
  return [...new Map(groups.map((one) => [JSON.stringify(one.who), one])).values()];
}
