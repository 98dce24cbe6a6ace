import { remembered } from "../../../collections/remembered";
import { distinctPhrases, joinPhrases, type Phrase, quoted } from "../../../describe/phrase";
import type { Relation } from "../../../describe/relation";
import { together } from "../../../describe/relation";
import {
  comparePermissions,
  type PermissionSource,
  type Permissions,
  type PermissionsComparison,
} from "../../../iam/prove/requests/compare-permissions";
import { isTouched, type PlanContext, type Step } from "../../context/plan-context";
import { PRINCIPAL_KINDS } from "../../context/principal-kinds";
import { notDeclared, principalPhrase, subjectOf } from "../../context/principal-names";
import type { Principal } from "../../context/principals";
import type { Snapshot, Timeline } from "../../context/timelines";
import type { AccessSentence } from "../../model/access-change";
import { canonical } from "../../model/change";
import { driftOutcome } from "../../model/drift-outcome";
import {
  type EffectivePolicies,
  effectivePoliciesAsData,
  effectivePoliciesAt,
  type PolicySource,
  sourceOf,
} from "../../permissions/effective-policies";
import { KnownComparisons } from "../../permissions/known-comparisons";
import { documentsOf } from "../../permissions/policy-documents";
import { whoActsAs } from "../../permissions/who-acts-as";
import { type FoundRequests, requestsBetween } from "../../requests/found-requests";
import { callPhrase, sentencesOf } from "../../requests/request-sentences";
import type { RisksByEffect } from "../../risk/described-risk";
import { type Compared, handlerOf } from "../handler";
import { awsDataReasons } from "./aws-data-reasons";
import { awsPolicyChange } from "./aws-policies";
import { boundaryChange } from "./boundary";
import { risksOf } from "./risks";

type State = EffectivePolicies | undefined;

interface Difference {
  readonly relation: Relation;
  readonly reasons: readonly Phrase[];
  readonly sentences: readonly AccessSentence[];
  readonly risks?: RisksByEffect;
}

/**
 * The permissions of roles, users, groups and permission sets, by all policies that are in them,
 * attached to them and limit them.
 */
export const permissions = handlerOf<Principal, State, Difference>({
  name: "permissions",
  comparison: "principals",
  itemsIn: (step, context) =>
    PRINCIPAL_KINDS.flatMap((kind) => [...context.principals[kind].byKey.values()]).filter(
      (principal) => touchedParts(principal, step, context).length > 0,
    ),
  normalise: effectivePoliciesAt,
  dataOf: (policies) => effectivePoliciesAsData(policies, canonical),
  compare: (compared) => {
    const { before, after, step } = compared;
    if (before === undefined && after === undefined) return undefined;
    const isPlan = step.source === "plan";
    const text = isPlan ? (policy: string) => policy : canonical;
    const isUnknown = (after?.unknown.length ?? 0) > 0 || (before?.unknown.length ?? 0) > 0;
    if (dataIn(before, text) === dataIn(after, text) && !(isUnknown && isPlan)) return undefined;
    // A principal without permissions, or that does not exist, both before and after.
    return isNothing(before) && isNothing(after) ? undefined : differenceOf(compared);
  },
  describe: (
    { relation, reasons, sentences, risks = {} },
    { item: principal, before, after, step, context },
  ) => {
    const touched = touchedParts(principal, step, context);
    const [first] = touched;
    return {
      stack: first?.stack ?? "",
      account: first?.account,
      aspect: "permissions",
      subject: subjectOf(principal),
      addresses: touched.map(({ address }) => address),
      relation,
      sentences,
      reasons,
      risks,
      documents: { before: documentsOf(before), after: documentsOf(after) },
    };
  },
  describeDrift: ({ before, after }, planned) => driftDetails(before, after, planned),
});

function dataIn(policies: State, text: (policy: string) => string): string {
  return JSON.stringify(effectivePoliciesAsData(policies, text));
}

/** What changes of the principal's effective may come from, the principal first. */
function touchedParts(principal: Principal, step: Step, { managed }: PlanContext): readonly Timeline[] {
  const own = principal.declared.map(({ timeline }) => timeline);
  for (const [type, owned] of principal.parts) {
    if (principal.kind.parts[type] === undefined) continue;
    for (const { timeline } of owned) own.push(timeline);
  }
  return [...own, ...managed.namedBy(own)].filter((one) => isTouched(one, step));
}

function isNothing(effective: EffectivePolicies | undefined): boolean {
  return (
    effective === undefined ||
    (effective.identity.length === 0 && effective.unknown.length === 0 && effective.boundary === undefined)
  );
}

interface ComparedPermissions {
  readonly found: PermissionsComparison;
  readonly requests: FoundRequests;
}

const KNOWN = new WeakMap<PlanContext, KnownComparisons<ComparedPermissions>>();

const NO_POLICIES: EffectivePolicies = { identity: [], unknown: [] };

function differenceOf({
  item: principal,
  before: old,
  after: present,
  step: { from, to },
  context,
}: Compared<Principal, State>): Difference {
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
    const comparison = comparePermissions(was, is);
    return { found: comparison, requests: requestsBetween(was, is, comparison) };
  });
  const { relation, reason } = found;
  // What limits it from its first day on takes nothing from it.
  const limits =
    old === undefined || present === undefined
      ? { relations: [], sentences: [] }
      : boundaryChange(principalPhrase(principal), before.boundary, after.boundary, was, is);
  const byName = awsPolicyChange(principalPhrase(principal), awsBefore, awsAfter);
  const sentences = [
    ...byName.sentences,
    ...limits.sentences,
    ...sentencesOf(requests, (request, effect) => [
      ...principalPhrase(principal),
      effect === "gained" ? " can now " : " can no longer ",
      ...callPhrase(request),
    ]),
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
    sentences: withThose(
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

/** What a principal gains, those gain who may act as it: the first sentence says who that is. */
function withThose(
  sentences: readonly AccessSentence[],
  principal: Principal,
  snapshot: Snapshot,
  context: PlanContext,
): readonly AccessSentence[] {
  if (sentences.every(({ effect }) => effect === "lost")) return sentences;
  const { phrase: who, people, groups } = whoActsAs(principal, snapshot, context);
  const from = joinPhrases(distinctPhrases(groups.map((one) => one.from)), "; ");
  return sentences.map((sentence, at) => {
    if (sentence.effect === "lost") return sentence;
    const phrase =
      at === 0 && who.length > 0 ? [...sentence.phrase, "; this applies to ", ...who] : sentence.phrase;
    return {
      ...sentence,
      people,
      phrase,
      ...(groups.length === 0
        ? {}
        : { who: joinPhrases(distinctPhrases(groups.map((one) => one.who)), "; "), from }),
    };
  });
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

/** What was added or taken away by hand, by name, and whether the plan undoes it. */
function driftDetails(
  was: EffectivePolicies | undefined,
  found: EffectivePolicies | undefined,
  planned: EffectivePolicies | undefined,
): readonly Phrase[] {
  const names = (effective: EffectivePolicies | undefined) =>
    new Map((effective?.identity ?? []).map((one) => [`${one.kind} ${one.id}`, one]));
  const [one, two, three] = [names(was), names(found), names(planned)];
  const added = [...two].filter(([key]) => !one.has(key));
  const removed = [...one].filter(([key]) => !two.has(key));
  return [
    ...added.map(
      ([key, { said }]): Phrase => [
        ...said,
        three.has(key)
          ? " was added outside of Terraform, and the plan keeps it"
          : " was added outside of Terraform, and the plan removes it",
      ],
    ),
    ...removed.map(
      ([key, { said }]): Phrase => [
        ...said,
        three.has(key)
          ? " was removed outside of Terraform, and the plan restores it"
          : " was removed outside of Terraform, and the plan does not restore it",
      ],
    ),
    ...(added.length + removed.length > 0 ? [] : [driftOutcome(...asData(was, found, planned))]),
  ];
}

function asData(
  was: EffectivePolicies | undefined,
  found: EffectivePolicies | undefined,
  planned: EffectivePolicies | undefined,
): [unknown, unknown, unknown] {
  return [
    effectivePoliciesAsData(was, canonical),
    effectivePoliciesAsData(found, canonical),
    effectivePoliciesAsData(planned, canonical),
  ];
}
