import { remembered } from "../../../collections/remembered";
import { type Phrase, quoted } from "../../../describe/phrase";
import type { Relation } from "../../../describe/relation";
import { together } from "../../../describe/relation";
import {
  comparePermissions,
  type PermissionSource,
  type Permissions,
  type PermissionsComparison,
} from "../../../iam/prove/requests/compare-permissions";
import type { PlanContext } from "../../context/plan-context";
import { notDeclared, principalPhrase, subjectOf } from "../../context/principal-names";
import type { Principal } from "../../context/principals";
import type { AccessSentence } from "../../model/access-change";
import { type EffectivePolicies, type PolicySource, sourceOf } from "../../permissions/effective-policies";
import { KnownComparisons } from "../../permissions/known-comparisons";
import { whoActsAs } from "../../permissions/who-acts-as";
import { type FoundRequests, requestsBetween } from "../../requests/found-requests";
import { callPhrase, sentencesOf } from "../../requests/request-sentences";
import type { RisksByEffect } from "../../risk/described-risk";
import type { Compared } from "../handler";
import { awsDataReasons } from "./aws-data-reasons";
import { awsPolicyChange } from "./aws-policies";
import { withBeneficiaries } from "./beneficiaries";
import { boundaryChange, isBoundaryChanged } from "./boundary";
import { risksOf } from "./risks";

/** What differs between the permissions of a principal in two snapshots. */
export interface Difference {
  readonly relation: Relation;
  readonly reasons: readonly Phrase[];
  readonly sentences: readonly AccessSentence[];
  readonly risks?: RisksByEffect;
}

interface ComparedPermissions {
  readonly found: PermissionsComparison;
  readonly requests: FoundRequests;
}

const KNOWN = new WeakMap<PlanContext, KnownComparisons<ComparedPermissions>>();

const NO_POLICIES: EffectivePolicies = { identity: [], unknown: [] };

/**
 * Compares what all policies of a principal allow together. `undefined` on one side: the principal
 * does not exist there. A policy whose contents are not known makes the relation `unknown`.
 */
export function differenceOf({
  item: principal,
  before: old,
  after: present,
  step: { from, to },
  context,
}: Compared<Principal, EffectivePolicies | undefined>): Difference {
  const [before, after] = [old ?? NO_POLICIES, present ?? NO_POLICIES];
  const unknown = [...new Set([...before.unknown, ...after.unknown])];
  const reasons: Phrase[] = [...unknown];
  if (principal.declared.length === 0) reasons.push(notDeclared(principal));
  if (unknown.length > 0) return { relation: "unknown", reasons, sentences: [] };
  const opaque = unknownContents(before, after);
  const aws = [before, after].map(({ identity }) => identity.filter(({ content }) => content.kind === "aws"));
  const [awsBefore = [], awsAfter = []] = aws;
  const isShared = ({ id, content: { kind } }: PolicySource) =>
    (kind !== "aws" && kind !== "foreign") ||
    [before, after].every(({ identity }) => identity.some((one) => one.id === id));
  const besides: readonly PermissionSource[] =
    principal.declared.length > 0
      ? []
      : [{ kind: "opaque", name: `another policy of ${subjectOf(principal)}` }];
  const [was, is] = [permissionsOf(before, besides, isShared), permissionsOf(after, besides, isShared)];
  const { found, requests } = remembered(
    KNOWN,
    context,
    () => new KnownComparisons<ComparedPermissions>(),
  ).between(was, is, () => {
    const catalogue = context.aws.actions;
    const comparison = comparePermissions(was, is, { catalogue });
    return { found: comparison, requests: requestsBetween(was, is, comparison, catalogue) };
  });
  const { relation, reason } = found;
  // What limits it from its first day on takes nothing from it.
  const limits =
    old === undefined || present === undefined
      ? { relations: [], sentences: [] }
      : boundaryChange(
          principalPhrase(principal),
          [before.boundary, after.boundary],
          [was, is],
          context.aws.actions,
        );
  const byName = awsPolicyChange(principalPhrase(principal), awsBefore, awsAfter);
  // What a changed boundary lets through or stops is said of the boundary; the principal's own
  // policies name more than that.
  const isOnlyBoundary =
    isBoundaryChanged([was, is]) && JSON.stringify(was.identity) === JSON.stringify(is.identity);
  const isSaid = (one: AccessSentence): boolean =>
    isOnlyBoundary && limits.sentences.some(({ effect }) => effect === one.effect);
  const sentences = [
    ...byName.sentences,
    ...limits.sentences,
    ...sentencesOf(requests, (request, effect) => [
      ...principalPhrase(principal),
      effect === "gained" ? " can now " : " can no longer ",
      ...callPhrase(request),
    ]).filter((one) => !isSaid(one)),
  ].toSorted((one, other) => (one.effect < other.effect ? -1 : one.effect > other.effect ? 1 : 0));
  const isSame = relation === "same" && byName.relations.length + limits.relations.length === 0;
  const stays: readonly Phrase[] = isSame ? [["its effective permissions are unchanged"]] : [];
  return {
    relation:
      opaque.reasons.length > 0 ? "unknown" : together([relation, ...byName.relations, ...limits.relations]),
    reasons: [
      ...reasons,
      ...awsDataReasons(before, after, context),
      ...(opaque.reasons.length > 0 ? opaque.reasons : stays),
      ...(reason === undefined ? [] : [[quoted(reason)]]),
    ],
    // A policy that could not be read may still allow what is lost here.
    sentences: withBeneficiaries(
      opaque.comesIn ? sentences.filter(({ effect }) => effect === "gained") : sentences,
      principal,
      to,
      context,
    ),
    risks: risksOf(
      { permissions: wholeOf(before), who: () => whoActsAs(principal, from, context) },
      { permissions: wholeOf(after), who: () => whoActsAs(principal, to, context) },
      limits.sentences,
      context,
    ),
  };
}

/** With every policy that can be read. */
function wholeOf(effective: EffectivePolicies): Permissions {
  return permissionsOf(effective, [], () => true);
}

/** Policies that only one side has, and whose contents no plan knows. */
function unknownContents(
  before: EffectivePolicies,
  after: EffectivePolicies,
): { readonly reasons: readonly Phrase[]; readonly comesIn: boolean } {
  // Adding or removing only a boundary cannot grant more than the policies allow.
  const isOther =
    before.boundary !== undefined && after.boundary !== undefined && before.boundary.id !== after.boundary.id;
  const foreign = ({ identity, boundary }: EffectivePolicies) =>
    [...identity, ...(boundary === undefined || !isOther ? [] : [boundary])].filter(
      ({ content, kind }) => content.kind === "foreign" || (kind === "boundary" && content.kind === "aws"),
    );
  const key = ({ kind, id }: PolicySource) => `${kind} ${id}`;
  const [was, is] = [foreign(before), foreign(after)].map(
    (sources) => new Map(sources.map((one) => [key(one), one])),
  );
  const only = (one: Map<string, PolicySource> | undefined, other: Map<string, PolicySource> | undefined) =>
    [...(one ?? [])].filter(([id]) => other?.has(id) !== true).map(([, { said }]) => said);
  const added = only(is, was);
  return {
    reasons: [
      ...added.map((said): Phrase => [...said, " is attached; its contents are not in the plan"]),
      ...only(was, is).map((said): Phrase => [...said, " is detached; its contents are not in the plan"]),
    ],
    comesIn: added.length > 0,
  };
}

function permissionsOf(
  { identity, boundary }: EffectivePolicies,
  besides: readonly PermissionSource[],
  isWanted: (source: PolicySource) => boolean,
): Permissions {
  return {
    identity: [...identity.filter(isWanted).map(sourceOf), ...besides],
    ...(boundary === undefined ? {} : { boundary: sourceOf(boundary) }),
  };
}
