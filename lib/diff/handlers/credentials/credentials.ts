import { joinPhrases, type Phrase, plainText, quoted } from "../../../describe/phrase";
import { isTouched, type Scene, type Step } from "../../context/plan-context";
import { sayLater } from "../../context/policy-reading";
import { sayPrincipal, subjectOf } from "../../context/principal-names";
import { type Principal, partsAt } from "../../context/principals";
import type { Moment, Timeline } from "../../context/timelines";
import type { AccessChange, AccessSentence, Relation } from "../../model/access-change";
import { changeOf } from "../../model/change";
import { fateOf } from "../../model/drift-outcome";
import { together } from "../../model/relations";
import { ASSIGNMENT, sayAssignee, sayTarget } from "../../permissions/assignments";
import { sayRights } from "../../permissions/say-permissions";

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
export function credentialChangesOf(principal: Principal, step: Step, scene: Scene): readonly AccessChange[] {
  return Object.keys(principal.kind.credentials).flatMap((type) =>
    (principal.parts.get(type) ?? [])
      .filter(({ timeline }) => isTouched(timeline, step))
      .flatMap(({ timeline }) => changeOfOne(timeline, principal, step, scene)),
  );
}

function changeOfOne(
  timeline: Timeline,
  principal: Principal,
  step: Step,
  scene: Scene,
): readonly AccessChange[] {
  const at = (moment: Moment) => stateAt(timeline, principal, moment);
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
  const fate: readonly Phrase[] =
    step.source === "drift"
      ? [fateOf(...([plainText(before), plainText(after), plainText(at("planned"))] as const))]
      : [];
  const undecided = [step.from, step.to].flatMap((moment) => undecidedAt(timeline, principal, moment));
  if (undecided.length > 0)
    return [
      changeOf({
        ...base,
        relation: "unknown",
        reason: joinPhrases([...undecided, ...fate], "; "),
        sentences: [],
      }),
    ];
  const say = (who: Phrase, effect: AccessSentence["effect"], moment: Moment): readonly AccessSentence[] =>
    who.length === 0
      ? []
      : [
          {
            effect,
            people: [],
            phrase: [
              ...sayWho(timeline, principal, moment, effect),
              ...(effect === "gained" ? [", ", ...sayRights(principal, moment, scene)] : []),
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
      ...(fate.length === 0 ? {} : { reason: joinPhrases(fate, "; ") }),
    }),
  ];
}

/** What the credential is at a moment; empty: it lets nobody in. */
function stateAt(timeline: Timeline, principal: Principal, moment: Moment): Phrase {
  const attributes = timeline.at[moment];
  const isOwn = partsAt(principal, timeline.type, moment).includes(timeline);
  if (attributes === undefined || !isOwn) return [];
  const { status } = attributes;
  if (status?.kind === "value" && status.value === "Inactive") return [];
  if (timeline.type === ASSIGNMENT)
    return [...sayAssignee(timeline, moment), " in ", ...sayTarget(timeline, moment)];
  return [quoted(timeline.address), ...(status?.kind === "later" ? [": ", ...sayLater(status)] : [])];
}

function undecidedAt(timeline: Timeline, principal: Principal, moment: Moment): readonly Phrase[] {
  if (stateAt(timeline, principal, moment).length === 0) return [];
  const names = timeline.type === ASSIGNMENT ? ["principal_id", "target_id"] : ["status"];
  return names.flatMap((name): readonly Phrase[] => {
    const held = timeline.at[moment]?.[name];
    const isGiven = timeline.configured?.includes(name) !== false;
    if (held?.kind === "sensitive") return [[quoted(name), " is marked as sensitive"]];
    // A status that nobody gives is the provider's default: active.
    return held?.kind === "later" && isGiven ? [[quoted(name), " ", ...sayLater(held)]] : [];
  });
}

function sayWho(
  timeline: Timeline,
  principal: Principal,
  moment: Moment,
  effect: AccessSentence["effect"],
): Phrase {
  const can = effect === "gained" ? " can now " : " can no longer ";
  if (timeline.type === ASSIGNMENT)
    return [
      ...sayAssignee(timeline, moment),
      can,
      "use ",
      ...sayPrincipal(principal),
      " in ",
      ...sayTarget(timeline, moment),
    ];
  const what = CREDENTIALS[timeline.type] ?? "credential";
  return [`whoever holds ${what} `, quoted(timeline.address), can, "act as ", ...sayPrincipal(principal)];
}
