import { type Phrase, plainText, quoted } from "../../../describe/phrase";
import type { Relation } from "../../../describe/relation";
import { together } from "../../../describe/relation";
import { isTouched } from "../../context/plan-context";
import { whyLater } from "../../context/policy-reading";
import { PRINCIPAL_KINDS } from "../../context/principal-kinds";
import { principalPhrase, subjectOf } from "../../context/principal-names";
import { type Principal, partsAt } from "../../context/principals";
import type { Snapshot, Timeline } from "../../context/timelines";
import type { AccessSentence } from "../../model/access-change";
import { ASSIGNMENT, assigneePhrase, targetPhrase } from "../../permissions/assignments";
import { permissionsPhrase } from "../../permissions/permissions-phrase";
import { actingRisk } from "../../risk/acting-risk";
import { type Compared, handlerOf } from "../handler";

/** By type, the name of the credential. */
const CREDENTIALS: Readonly<Record<string, string>> = {
  aws_iam_access_key: "access key",
  aws_iam_user_login_profile: "console password",
  aws_iam_service_specific_credential: "service-specific credential",
  aws_iam_user_ssh_key: "SSH key",
  aws_iam_signing_certificate: "signing certificate",
};

interface Credential {
  readonly principal: Principal;
  readonly timeline: Timeline;
}

/**
 * Credentials of users, and assignments of permission sets. A new access key gives its holder all
 * permissions of its user, whether those change or not.
 */
export const credentials = handlerOf<Credential, Phrase, readonly Phrase[]>({
  name: "credentials",
  comparison: "credentials",
  itemsIn: (step, { principals }) =>
    PRINCIPAL_KINDS.flatMap((kind) => [...principals[kind].byKey.values()]).flatMap((principal) =>
      Object.keys(principal.kind.credentials).flatMap((type) =>
        (principal.parts.get(type) ?? [])
          .filter(({ timeline }) => isTouched(timeline, step))
          .map(({ timeline }) => ({ principal, timeline })),
      ),
    ),
  normalise: (credential, snapshot) => stateAt(credential, snapshot),
  dataOf: plainText,
  compare: ({ item, before, after, step }) => {
    const { isReplaced, type } = item.timeline;
    const isAnother = isReplaced && step.source === "plan" && type !== ASSIGNMENT;
    if (plainText(before) === plainText(after) && !isAnother) return undefined;
    return [step.from, step.to].flatMap((snapshot) => undeterminedAt(item, snapshot));
  },
  describe: (undetermined, compared) => {
    const { item, step, context } = compared;
    const { principal, timeline } = item;
    const isUnknown = undetermined.length > 0;
    const sentences = isUnknown ? [] : sentencesOf(compared);
    const relations = sentences.map(({ effect }): Relation => (effect === "gained" ? "broader" : "narrower"));
    return {
      stack: timeline.stack,
      account: timeline.account,
      aspect: "credentials",
      subject: subjectOf(principal),
      addresses: [timeline.address],
      relation: isUnknown ? "unknown" : together(relations),
      sentences,
      reasons: undetermined,
      risks: { gained: actingRisk(principal, step.to, context, "act as") },
    };
  },
});

function sentencesOf({
  item,
  before,
  after,
  step,
  context,
}: Compared<Credential, Phrase>): readonly AccessSentence[] {
  const sentences = (
    state: Phrase,
    effect: AccessSentence["effect"],
    snapshot: Snapshot,
  ): readonly AccessSentence[] => {
    if (state.length === 0) return [];
    const extent = effect === "gained" ? [", ", ...permissionsPhrase(item.principal, snapshot, context)] : [];
    return [{ effect, people: [], phrase: [...whoPhrase(item, snapshot, effect), ...extent] }];
  };
  return [...sentences(after, "gained", step.to), ...sentences(before, "lost", step.from)];
}

/** The credential in a snapshot; empty: it gives no access. */
function stateAt({ timeline, principal }: Credential, snapshot: Snapshot): Phrase {
  const attributes = timeline.at[snapshot];
  const isOwn = partsAt(principal, timeline.type, snapshot).includes(timeline);
  if (attributes === undefined || !isOwn) return [];
  const { status } = attributes;
  if (status?.kind === "value" && status.value === "Inactive") return [];
  if (timeline.type === ASSIGNMENT)
    return [...assigneePhrase(timeline, snapshot), " in ", ...targetPhrase(timeline, snapshot)];
  return [quoted(timeline.address), ...(status?.kind === "later" ? [": ", ...whyLater(status)] : [])];
}

function undeterminedAt(credential: Credential, snapshot: Snapshot): readonly Phrase[] {
  const { timeline } = credential;
  if (stateAt(credential, snapshot).length === 0) return [];
  const names = timeline.type === ASSIGNMENT ? ["principal_id", "target_id"] : ["status"];
  return names.flatMap((name): readonly Phrase[] => {
    const value = timeline.at[snapshot]?.[name];
    const isGiven = timeline.configured?.includes(name) !== false;
    if (value?.kind === "sensitive") return [[quoted(name), " is marked as sensitive"]];
    // A status that is not configured is the provider's default: active.
    return value?.kind === "later" && isGiven ? [[quoted(name), " ", ...whyLater(value)]] : [];
  });
}

function whoPhrase(
  { timeline, principal }: Credential,
  snapshot: Snapshot,
  effect: AccessSentence["effect"],
): Phrase {
  const can = effect === "gained" ? " can now " : " can no longer ";
  if (timeline.type === ASSIGNMENT)
    return [
      ...assigneePhrase(timeline, snapshot),
      can,
      "use ",
      ...principalPhrase(principal),
      " in ",
      ...targetPhrase(timeline, snapshot),
    ];
  const what = CREDENTIALS[timeline.type] ?? "credential";
  return [`the holder of ${what} `, quoted(timeline.address), can, "act as ", ...principalPhrase(principal)];
}
