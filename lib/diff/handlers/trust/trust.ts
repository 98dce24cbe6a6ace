import { type Phrase, quoted } from "../../../describe/phrase";
import type { Relation } from "../../../describe/relation";
import { together } from "../../../describe/relation";
import type { Policy } from "../../../iam/language/policy";
import { isTouched, type Step } from "../../context/plan-context";
import { type PolicyReading, policyData } from "../../context/policy-reading";
import { declaredAt, type Principal } from "../../context/principals";
import { trustAt } from "../../context/trust-policy";
import type { AccessSentence } from "../../model/access-change";
import { trustRisk } from "../../risk/trust-risk";
import { EMPTY_POLICY } from "../../tokens/token-groups";
import { groupSentences, otherCallerSentences } from "../../tokens/token-sentences";
import type { TrustDifference } from "../../tokens/trust-comparisons";
import { handlerOf } from "../handler";

interface Difference {
  readonly relation: Relation;
  readonly reasons: readonly Phrase[];
  readonly sentences: readonly AccessSentence[];
  /** Undefined: the policies cannot be compared. */
  readonly difference?: TrustDifference;
}

/** Who may assume a role, by its trust policy. */
export const trust = handlerOf<Principal, PolicyReading, Difference>({
  name: "trust",
  comparison: "principals",
  itemsIn: (step, { roles }) =>
    [...roles.byKey.values()].filter(({ declared }) =>
      declared.some(({ timeline }) => isTouched(timeline, step)),
    ),
  normalise: (role, snapshot, context) => trustAt(role, snapshot, context),
  dataOf: (reading) => policyData(reading),
  compare: ({ item: role, before, after, step, context }) => {
    if (before.kind === "unknown" || after.kind === "unknown") {
      const isSame = policyData(before) === policyData(after);
      if (step.source === "drift" && isSame) return undefined;
      return { relation: "unknown", reasons: unreadable(before, after), sentences: [] };
    }
    if (isAlike(before, after, step)) return undefined;
    return differenceOf(context.trusts.between(policyOf(before), policyOf(after)), role.name);
  },
  describe: ({ relation, reasons, sentences, difference }, { item: role, before, after, step, context }) => {
    const documents = (reading: PolicyReading) =>
      reading.kind === "policy" ? [{ kind: "trust" as const, name: role.name, text: reading.text }] : [];
    const declared = declaredAt(role, step.to) ?? declaredAt(role, step.from) ?? role.declared[0]?.timeline;
    return {
      stack: declared?.stack ?? "",
      account: declared?.account,
      aspect: "trust",
      subject: role.name,
      addresses: declared === undefined ? [] : [declared.address],
      relation,
      sentences,
      reasons,
      ...(difference === undefined
        ? {}
        : {
            risks: {
              gained: trustRisk(role, difference, "gained", step.to, context),
              lost: trustRisk(role, difference, "lost", step.from, context),
            },
          }),
      documents: { before: documents(before), after: documents(after) },
    };
  },
});

function isAlike(before: PolicyReading, after: PolicyReading, { source }: Step): boolean {
  // A plan reports a new layout of the same policy. A refresh may write another layout although
  // nothing was changed.
  const text = source === "plan" ? (policy: string) => policy : undefined;
  return policyData(before, text) === policyData(after, text);
}

function unreadable(before: PolicyReading, after: PolicyReading): readonly Phrase[] {
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  return [
    ...(before.kind === "unknown" && !isSame ? [["the current trust policy ", ...before.reason]] : []),
    ...(after.kind === "unknown" ? [["its trust policy ", ...after.reason]] : []),
  ];
}

function policyOf(reading: PolicyReading): Policy {
  return reading.kind === "policy" ? reading.policy : EMPTY_POLICY;
}

/** What a difference of two trust policies means for a role. */
function differenceOf(difference: TrustDifference, role: string): Difference {
  const { relation, reason, gained, lost, others } = difference;
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
    difference,
  };
}
