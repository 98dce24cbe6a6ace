import { joinPhrases, type Phrase, plainText, quoted } from "../../../describe/phrase";
import { comparePermissions } from "../../../iam/prove/requests/compare-permissions";
import { isTouched, type PlanContext, type Step } from "../../context/plan-context";
import type { PolicyReading } from "../../context/policy-reading";
import { PRINCIPAL_KINDS } from "../../context/principal-kinds";
import { type Snapshot, type Timeline, textAt } from "../../context/timelines";
import type { AccessChange } from "../../model/access-change";
import { canonical, changeOf } from "../../model/change";
import { driftOutcome } from "../../model/drift-outcome";
import { requestsBetween } from "../../requests/found-requests";
import { sayCall, sentencesOf } from "../../requests/request-sentences";

/**
 * Policies that change, and that no principal of these plans has: whoever has them, roles or users
 * of elsewhere, can do more or less.
 */
export function unattachedPolicyChangesOf(step: Step, context: PlanContext): readonly AccessChange[] {
  const policies = (context.byType.get("aws_iam_policy") ?? []).filter((one) => isTouched(one, step));
  if (policies.length === 0) return [];
  const named = new Set(context.managed.namedBy(partsOfPrincipals(context)));
  return policies.filter((one) => !named.has(one)).flatMap((one) => changeIn(one, step, context));
}

/** Resources through which policies count for somebody. */
function partsOfPrincipals({ principals }: PlanContext): readonly Timeline[] {
  return PRINCIPAL_KINDS.flatMap((kind) =>
    [...principals[kind].byKey.values()].flatMap(({ declared, parts }) =>
      [...declared, ...[...parts.values()].flat()].map(({ timeline }) => timeline),
    ),
  );
}

function changeIn(timeline: Timeline, step: Step, { reader }: PlanContext): readonly AccessChange[] {
  const { at, stack, address, account } = timeline;
  // One that is made is attached to nobody yet, and one that is attached cannot be destroyed.
  if (at[step.from] === undefined || at[step.to] === undefined) return [];
  const read = (snapshot: Snapshot) => reader.read(at[snapshot]?.policy);
  const [before, after] = [read(step.from), read(step.to)];
  const isUnknown = before.kind === "unknown" || after.kind === "unknown";
  if (data(before) === data(after) && !(isUnknown && step.source === "plan")) return [];
  const name = textAt(at[step.to], "name") ?? address;
  const outcome: readonly Phrase[] =
    step.source === "drift" ? [driftOutcome(data(before), data(after), data(read("planned")))] : [];
  const base = {
    ...({ stack, aspect: "permissions", subject: name, addresses: [address], source: step.source } as const),
    ...(account === undefined ? {} : { account }),
    before: data(before),
    after: data(after),
  };
  const notHere: Phrase = ["no role, user, group or permission set of these plans has it"];
  if (isUnknown) {
    const why = after.kind === "unknown" ? after.reason : before.kind === "unknown" ? before.reason : [];
    const reason = joinPhrases([["its policy ", ...why], notHere, ...outcome], "; ");
    return [changeOf({ ...base, relation: "unknown", reason, sentences: [] })];
  }
  const [was, is] = [before, after].map((one) => ({
    identity: one.kind === "policy" ? [{ kind: "policy" as const, policy: one.policy }] : [],
  }));
  const [old, present] = [was ?? { identity: [] }, is ?? { identity: [] }];
  const found = comparePermissions(old, present);
  const { relation, reason } = found;
  const sentences = sentencesOf(requestsBetween(old, present, found), (request, effect) => [
    "whoever has ",
    quoted(name),
    effect === "gained" ? " can now " : " can no longer ",
    ...sayCall(request),
  ]);
  const reasons = joinPhrases(
    [...(reason === undefined ? [] : [[quoted(reason)]]), notHere, ...outcome],
    "; ",
  );
  return [changeOf({ ...base, relation, reason: reasons, sentences })];
}

function data(reading: PolicyReading): string | null {
  if (reading.kind === "none") return null;
  return reading.kind === "policy" ? canonical(reading.text) : plainText(reading.reason);
}
