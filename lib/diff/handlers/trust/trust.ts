import { describeConditions, describeFact } from "../../../describe/counterexample";
import { joinPhrases, type Phrase, plainText, quoted } from "../../../describe/phrase";
import { together } from "../../../describe/relation";
import type { Policy } from "../../../iam/language/policy";
import type { Witness } from "../../../iam/prove/tokens/witness";
import { isTouched, type PlanContext, type Step } from "../../context/plan-context";
import type { PolicyReading } from "../../context/policy-reading";
import { declaredAt, type Principal } from "../../context/principals";
import type { Snapshot } from "../../context/timelines";
import type { AccessChange, AccessSentence, TokenProof } from "../../model/access-change";
import { canonical, changeOf } from "../../model/change";
import { driftOutcome } from "../../model/drift-outcome";
import { otherCallerSentences } from "../../tokens/other-callers";
import { EMPTY_POLICY, type TokenGroups } from "../../tokens/token-groups";
import type { TrustDifference } from "../../tokens/trust-comparisons";

/**
 * Who may assume a role, before and after; empty: the same policy to the letter, or nobody has
 * touched it.
 */
export function trustChangesOf(role: Principal, step: Step, context: PlanContext): readonly AccessChange[] {
  if (!role.declared.some(({ timeline }) => isTouched(timeline, step))) return [];
  const [before, after] = [trustAt(role, step.from, context), trustAt(role, step.to, context)];
  const isUnknown = before.kind === "unknown" || after.kind === "unknown";
  const forgotten = step.source === "plan" ? forgottenRole(role, after) : [];
  if (!isUnknown && isAlike(before, after, step)) return forgotten;
  const [from, to] = [before, after].map((reading) => readingAsData(reading, canonical));
  if (isUnknown && step.source === "drift" && JSON.stringify(from) === JSON.stringify(to)) return [];
  const declared = declaredAt(role, step.to) ?? declaredAt(role, step.from) ?? role.declared[0]?.timeline;
  if (declared === undefined) return [];
  const { relation, reasons, sentences } = isUnknown
    ? { relation: "unknown" as const, reasons: unreadable(before, after), sentences: [] }
    : told(context.trusts.between(policyOf(before), policyOf(after)), role.name);
  const outcome =
    step.source === "drift"
      ? [driftOutcome(from, to, readingAsData(trustAt(role, "planned", context), canonical))]
      : [];
  const reason = joinPhrases([...reasons, ...outcome], "; ");
  return [
    changeOf({
      stack: declared.stack,
      aspect: "trust",
      subject: role.name,
      addresses: [declared.address],
      source: step.source,
      relation,
      sentences,
      before: from,
      after: to,
      ...(declared.account === undefined ? {} : { account: declared.account }),
      ...(reason.length === 0 ? {} : { reason }),
    }),
    ...forgotten,
  ];
}

export function trustAt(role: Principal, snapshot: Snapshot, { reader }: PlanContext): PolicyReading {
  const declared = declaredAt(role, snapshot);
  if (declared === undefined) return { kind: "none" };
  const reading = reader.read(declared.at[snapshot]?.assume_role_policy);
  return reading.kind === "none" ? { kind: "unknown", reason: ["is not in the plan"] } : reading;
}

function isAlike(before: PolicyReading, after: PolicyReading, { source }: Step): boolean {
  // Of the same policy in another layout a plan says so; a refresh may lay it out anew, and nobody
  // has done anything.
  const text = source === "plan" ? (policy: string) => policy : canonical;
  return readingAsData(before, text) === readingAsData(after, text);
}

function readingAsData(reading: PolicyReading, text: (policy: string) => string): string | null {
  if (reading.kind === "none") return null;
  return reading.kind === "policy" ? text(reading.text) : plainText(reading.reason);
}

function unreadable(before: PolicyReading, after: PolicyReading): readonly Phrase[] {
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  return [
    ...(before.kind === "unknown" && !isSame ? [["the trust policy that is there ", ...before.reason]] : []),
    ...(after.kind === "unknown" ? [["its trust policy ", ...after.reason]] : []),
  ];
}

function policyOf(reading: PolicyReading): Policy {
  return reading.kind === "policy" ? reading.policy : EMPTY_POLICY;
}

interface Compared {
  readonly relation: AccessChange["relation"];
  readonly reasons: readonly Phrase[];
  readonly sentences: readonly AccessSentence[];
}

/** What a difference of two trust policies means for a role. */
function told({ relation, reason, gained, lost, others }: TrustDifference, role: string): Compared {
  const ofOthers = others === undefined ? [] : otherCallerSentences(others.requests, role);
  return {
    relation: together([relation, ...(others === undefined ? [] : [others.relation])]),
    reasons: [reason, others?.reason].flatMap((one) => (one === undefined ? [] : [[quoted(one)]])),
    sentences: [
      ...groupSentences(gained, "gained", role),
      ...ofOthers.filter(({ effect }) => effect === "gained"),
      ...groupSentences(lost, "lost", role),
      ...ofOthers.filter(({ effect }) => effect === "lost"),
    ],
  };
}

const VERBS = { gained: " can now assume ", lost: " can no longer assume " } as const;

/** A sentence for each group. */
export function groupSentences(
  { groups, hasMore }: TokenGroups,
  effect: AccessSentence["effect"],
  role: string,
): readonly AccessSentence[] {
  const told = groups.map(({ people, who, where, witness }): AccessSentence => {
    return {
      effect,
      people,
      phrase: [
        ...who,
        VERBS[effect],
        quoted(role),
        ...(where.length === 0 ? [] : [" ", ...where]),
        ...describeConditions(witness.facts),
      ],
      proof: tokenProof(witness),
    };
  });
  if (!hasMore) return told;
  return [
    ...told,
    { effect, people: [], phrase: ["and more", VERBS[effect], quoted(role), ", who are not listed here"] },
  ];
}

export function tokenProof({ provider, claims, facts }: Witness): TokenProof {
  return { kind: "token", provider, claims, facts: facts.map(describeFact) };
}

/** What Terraform lets go of stays as it is, and the next change of it shows in no plan. */
function forgottenRole(role: Principal, after: PolicyReading): readonly AccessChange[] {
  const declared = role.declared.find(({ timeline }) => timeline.isForgotten)?.timeline;
  if (declared === undefined) return [];
  const text = readingAsData(after, canonical);
  return [
    changeOf({
      stack: declared.stack,
      aspect: "trust",
      subject: role.name,
      addresses: [declared.address],
      source: "plan",
      relation: "same",
      sentences: [],
      before: text,
      after: text,
      ...(declared.account === undefined ? {} : { account: declared.account }),
      reason: ["Terraform forgets it: it stays as it is, and no plan shows any more what becomes of it"],
    }),
  ];
}
