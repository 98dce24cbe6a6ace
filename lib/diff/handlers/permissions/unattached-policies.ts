import { type Phrase, quoted } from "../../../describe/phrase";
import type { Relation } from "../../../describe/relation";
import type { ActionCatalogue } from "../../../iam/data/action-details";
import { comparePermissions, type Permissions } from "../../../iam/prove/requests/compare-permissions";
import { isTouched, type PlanContext, type Step } from "../../context/plan-context";
import { type PolicyReading, policyData } from "../../context/policy-reading";
import { PRINCIPAL_KINDS } from "../../context/principal-kinds";
import { type Timeline, textAt } from "../../context/timelines";
import type { AccessSentence } from "../../model/access-change";
import { requestsBetween } from "../../requests/found-requests";
import { callPhrase, sentencesOf } from "../../requests/request-sentences";
import { handlerOf } from "../handler";

const NOT_ATTACHED: Phrase = ["not attached to any examined role, user, group or permission set"];

interface Difference {
  readonly relation: Relation;
  readonly reasons: readonly Phrase[];
  readonly sentences: readonly AccessSentence[];
}

/**
 * Policies that change, and that no examined principal has: principals elsewhere that have
 * them gain or lose permissions.
 */
export const unattachedPolicies = handlerOf<Timeline, PolicyReading, Difference>({
  name: "unattached-policies",
  comparison: "principals",
  itemsIn: (step, context) => {
    // A policy that is created is not attached yet, and one that is attached cannot be destroyed.
    const policies = (context.byType.get("aws_iam_policy") ?? []).filter(
      (one) => isTouched(one, step) && one.at[step.from] !== undefined && one.at[step.to] !== undefined,
    );
    if (policies.length === 0) return [];
    const named = new Set(context.managed.namedBy(partsOfPrincipals(context)));
    return policies.filter((one) => !named.has(one));
  },
  normalise: ({ at }, snapshot, { reader }) => reader.read(at[snapshot]?.policy),
  dataOf: (reading) => policyData(reading),
  compare: ({ item, before, after, step, context }) => {
    const isUnknown = before.kind === "unknown" || after.kind === "unknown";
    if (policyData(before) === policyData(after) && !(isUnknown && step.source === "plan")) return undefined;
    return differenceOf(nameOf(item, step), before, after, context.aws.actions);
  },
  describe: ({ relation, reasons, sentences }, { item, step }) => ({
    stack: item.stack,
    account: item.account,
    aspect: "permissions",
    subject: nameOf(item, step),
    addresses: [item.address],
    relation,
    sentences,
    reasons,
  }),
});

function nameOf({ at, address }: Timeline, step: Step): string {
  return textAt(at[step.to], "name") ?? address;
}

function differenceOf(
  name: string,
  before: PolicyReading,
  after: PolicyReading,
  catalogue: ActionCatalogue | undefined,
): Difference {
  if (before.kind === "unknown" || after.kind === "unknown") {
    const why = after.kind === "unknown" ? after.reason : before.kind === "unknown" ? before.reason : [];
    return { relation: "unknown", reasons: [["its policy ", ...why], NOT_ATTACHED], sentences: [] };
  }
  const [old, present] = [permissionsIn(before), permissionsIn(after)];
  const found = comparePermissions(old, present, { catalogue });
  const { relation, reason } = found;
  return {
    relation,
    reasons: [...(reason === undefined ? [] : [[quoted(reason)]]), NOT_ATTACHED],
    sentences: sentencesOf(requestsBetween(old, present, found, catalogue), (request, effect) => [
      "principals with policy ",
      quoted(name),
      effect === "gained" ? " can now " : " can no longer ",
      ...callPhrase(request),
    ]),
  };
}

function permissionsIn(reading: PolicyReading): Permissions {
  return { identity: reading.kind === "policy" ? [{ kind: "policy", policy: reading.policy }] : [] };
}

/** Resources that attach policies to principals. */
function partsOfPrincipals({ principals }: PlanContext): readonly Timeline[] {
  return PRINCIPAL_KINDS.flatMap((kind) =>
    [...principals[kind].byKey.values()].flatMap(({ declared, parts }) =>
      [...declared, ...[...parts.values()].flat()].map(({ timeline }) => timeline),
    ),
  );
}
