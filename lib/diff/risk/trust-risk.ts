import type { Access } from "../../config/model/model";
import { hasOrganization, projectWithIds } from "../../config/model/organizations";
import { listPhrases } from "../../describe/list";
import { distinctPhrases, joinPhrases, type Phrase } from "../../describe/phrase";
import type { Counterexample } from "../../iam/prove/tokens/counterexample";
import { readProvider } from "../../iam/prove/tokens/provider";
import { compareRisks } from "../../iam/risk/classes";
import { parseSubject, type Subject } from "../../token/parse-subject";
import type { PlanContext } from "../context/plan-context";
import type { Principal } from "../context/principals";
import type { Snapshot } from "../context/timelines";
import type { FoundRequest } from "../requests/gained-by-pieces";
import { callersOf } from "../requests/request-sentences";
import type { Effect } from "../tokens/token-group";
import type { TokenGroups } from "../tokens/token-groups";
import type { TrustDifference } from "../tokens/trust-comparisons";
import { actingRisk } from "./acting-risk";
import type { DescribedRisk } from "./described-risk";
import { isExternalRequest } from "./external-callers";

/** So many groups of people are named; the rest is counted. */
const SHOWN = 3;

/**
 * The risk that more may assume a role, or fewer: by what the role may do, and whether those who
 * may are outsiders.
 * @param snapshot in which they may
 */
export function trustRisk(
  role: Principal,
  difference: TrustDifference,
  effect: Effect,
  snapshot: Snapshot,
  context: PlanContext,
): DescribedRisk {
  const { groups, hasMore } = difference[effect];
  const { requests } = difference.others ?? {};
  const others = [...(requests?.[effect] ?? []), ...(requests?.others[effect] ?? [])];
  const acting = actingRisk(role, snapshot, context, "assume");
  const isExternal =
    groups.some(
      ({ counterexample, isOfAnyOwner }) =>
        isOfAnyOwner === true || isExternalToken(counterexample, context.access),
    ) || others.some((one) => isExternalRequest(one, context));
  const own = isExternal ? "external-access" : "wider-trust";
  return {
    class: acting.class !== undefined && compareRisks(acting.class, own) < 0 ? acting.class : own,
    extent: acting.extent ?? [],
    who: whoPhrase(groups, others, hasMore),
    people: groups.flatMap(({ people }) => people),
  };
}

function whoPhrase(groups: TokenGroups["groups"], others: readonly FoundRequest[], hasMore: boolean): Phrase {
  const people = groups.map(
    ({ who, where }): Phrase => [...who, ...(where.length === 0 ? [] : [" ", ...where])],
  );
  const all = [...people, ...distinctPhrases(others.map((one) => callersOf(one).who))];
  return joinPhrases([listPhrases(all, { most: SHOWN }), ...(hasMore ? [["and more"]] : [])], ", ");
}

/**
 * Whether a token is of another organization, of a job that runs the code of another repository
 * than its project's, or of an issuer that a policy trusts with any subject.
 */
function isExternalToken({ provider, claims: { sub } }: Counterexample, access: Access | undefined): boolean {
  const { circleci } = readProvider(provider) ?? {};
  const subject = parseSubject(sub ?? "");
  const organization = subject?.kind === "job" ? subject.job.organization : subject?.organization;
  if (access !== undefined && organization !== undefined)
    return !hasOrganization(access, organization) || isOfAnotherRepository(subject, access);
  if (circleci === undefined) return sub === undefined;
  return circleci === "shared" || (organization !== undefined && organization !== circleci.organization);
}

function isOfAnotherRepository(subject: Subject | undefined, access: Access): boolean {
  if (subject?.kind !== "job" || subject.source === undefined) return false;
  const project = projectWithIds(access, subject.job);
  return project !== undefined && project.repository !== subject.source.origin;
}
