import { joinPhrases, type Phrase, plainText, quoted } from "../../../describe/phrase";
import { type Relation, together } from "../../../describe/relation";
import { isTouched, type PlanContext, type Step } from "../../context/plan-context";
import { whyLater } from "../../context/policy-reading";
import { sayPrincipal, subjectOf } from "../../context/principal-names";
import { type Principal, partsAt } from "../../context/principals";
import type { Snapshot, Timeline } from "../../context/timelines";
import type { AccessChange, AccessSentence } from "../../model/access-change";
import { changeOf } from "../../model/change";
import { driftOutcome } from "../../model/drift-outcome";
import { ASSIGNMENT, sayAssignee, sayTarget } from "../../permissions/assignments";
import { sayPermissions } from "../../permissions/say-permissions";

/** By type, what the credential is called. */
const CREDENTIALS: Readonly<Record<string, string>> = {
  aws_iam_access_key: "access key",
  aws_iam_user_login_profile: "console password",
  aws_iam_service_specific_credential: "service-specific credential",
  aws_iam_user_ssh_key: "SSH key",
  aws_iam_signing_certificate: "signing certificate",
};

/**
 * Who gets credentials of a user, or a permission set in an account: whoever holds a new access key
 * may do what its user may do, whether the user's permissions change or not.
 */
export function credentialChangesOf(
  principal: Principal,
  step: Step,
  context: PlanContext,
): readonly AccessChange[] {
  return Object.keys(principal.kind.credentials).flatMap((type) =>
    (principal.parts.get(type) ?? [])
      .filter(({ timeline }) => isTouched(timeline, step))
      .flatMap(({ timeline }) => changeOfOne(timeline, principal, step, context)),
  );
}

function changeOfOne(
  timeline: Timeline,
  principal: Principal,
  step: Step,
  context: PlanContext,
): readonly AccessChange[] {
  const at = (snapshot: Snapshot) => stateAt(timeline, principal, snapshot);
  const [before, after] = [at(step.from), at(step.to)];
  const isAnother = timeline.isReplaced && step.source === "plan" && timeline.type !== ASSIGNMENT;
  if (plainText(before) === plainText(after) && !isAnother) return [];
  const base = {
    ...({ stack: timeline.stack, aspect: "credentials", source: step.source } as const),
    ...(timeline.account === undefined ? {} : { account: timeline.account }),
    subject: subjectOf(principal),
    addresses: [timeline.address],
    before: plainText(before),
    after: plainText(after),
  };
  const outcome: readonly Phrase[] =
    step.source === "drift"
      ? [driftOutcome(...([plainText(before), plainText(after), plainText(at("planned"))] as const))]
      : [];
  const undecided = [step.from, step.to].flatMap((snapshot) => undecidedAt(timeline, principal, snapshot));
  if (undecided.length > 0)
    return [
      changeOf({
        ...base,
        relation: "unknown",
        reason: joinPhrases([...undecided, ...outcome], "; "),
        sentences: [],
      }),
    ];
  const say = (
    who: Phrase,
    effect: AccessSentence["effect"],
    snapshot: Snapshot,
  ): readonly AccessSentence[] =>
    who.length === 0
      ? []
      : [
          {
            effect,
            people: [],
            phrase: [
              ...sayWho(timeline, principal, snapshot, effect),
              ...(effect === "gained" ? [", ", ...sayPermissions(principal, snapshot, context)] : []),
            ],
          },
        ];
  const sentences = [...say(after, "gained", step.to), ...say(before, "lost", step.from)];
  const relation = together(
    sentences.map(({ effect }): Relation => (effect === "gained" ? "broader" : "narrower")),
  );
  return [
    changeOf({
      ...base,
      relation,
      sentences,
      ...(outcome.length === 0 ? {} : { reason: joinPhrases(outcome, "; ") }),
    }),
  ];
}

/** What the credential is in a snapshot; empty: it lets nobody in. */
function stateAt(timeline: Timeline, principal: Principal, snapshot: Snapshot): Phrase {
  const attributes = timeline.at[snapshot];
  const isOwn = partsAt(principal, timeline.type, snapshot).includes(timeline);
  if (attributes === undefined || !isOwn) return [];
  const { status } = attributes;
  if (status?.kind === "value" && status.value === "Inactive") return [];
  if (timeline.type === ASSIGNMENT)
    return [...sayAssignee(timeline, snapshot), " in ", ...sayTarget(timeline, snapshot)];
  return [quoted(timeline.address), ...(status?.kind === "later" ? [": ", ...whyLater(status)] : [])];
}

function undecidedAt(timeline: Timeline, principal: Principal, snapshot: Snapshot): readonly Phrase[] {
  if (stateAt(timeline, principal, snapshot).length === 0) return [];
  const names = timeline.type === ASSIGNMENT ? ["principal_id", "target_id"] : ["status"];
  return names.flatMap((name): readonly Phrase[] => {
    const value = timeline.at[snapshot]?.[name];
    const isGiven = timeline.configured?.includes(name) !== false;
    if (value?.kind === "sensitive") return [[quoted(name), " is marked as sensitive"]];
    // A status that nobody gives is the provider's default: active.
    return value?.kind === "later" && isGiven ? [[quoted(name), " ", ...whyLater(value)]] : [];
  });
}

function sayWho(
  timeline: Timeline,
  principal: Principal,
  snapshot: Snapshot,
  effect: AccessSentence["effect"],
): Phrase {
  const can = effect === "gained" ? " can now " : " can no longer ";
  if (timeline.type === ASSIGNMENT)
    return [
      ...sayAssignee(timeline, snapshot),
      can,
      "use ",
      ...sayPrincipal(principal),
      " in ",
      ...sayTarget(timeline, snapshot),
    ];
  const what = CREDENTIALS[timeline.type] ?? "credential";
  return [`whoever holds ${what} `, quoted(timeline.address), can, "act as ", ...sayPrincipal(principal)];
}
