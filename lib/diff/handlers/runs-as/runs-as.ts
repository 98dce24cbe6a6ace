import { remembered } from "../../../collections/remembered";
import { distinctPhrases, type Phrase, plainText, quoted } from "../../../describe/phrase";
import type { Relation } from "../../../describe/relation";
import { together } from "../../../describe/relation";
import { compareRisks } from "../../../iam/risk/classes";
import { isTouched, type PlanContext } from "../../context/plan-context";
import { type Snapshot, type Timeline, textAt } from "../../context/timelines";
import { GIVES_OUT_CREDENTIALS, recipientAttributes } from "../../coverage/role-arguments";
import type { AccessSentence } from "../../model/access-change";
import { actingRisk } from "../../risk/acting-risk";
import type { DescribedRisk } from "../../risk/described-risk";
import { handlerOf } from "../handler";
import { PROFILE, RoleUses, type UsedRole, type UsedRoles } from "./used-roles";

/** Types whose roles other handlers compare. */
const ELSEWHERE = /^aws_iam_(?!instance_profile$)|^data\./;

interface State extends UsedRoles {
  /** Who gets the credentials, where the resource gives them out. */
  readonly recipients: string;
}

interface Difference {
  readonly gained: readonly UsedRole[];
  readonly lost: readonly UsedRole[];
}

/** Uses of roles are looked up once for all plans. */
const USES = new WeakMap<PlanContext, RoleUses>();

/**
 * Resources that run as a role, before and after: control of such a resource gives the permissions
 * of its role. A new resource gains all of them, another role is another gain.
 */
export const runsAs = handlerOf<Timeline, State, Difference>({
  name: "runs-as",
  comparison: "runs-as",
  itemsIn: (step, { timelines }) =>
    timelines.filter((one) => !ELSEWHERE.test(one.type) && isTouched(one, step)),
  normalise: (timeline, snapshot, context) => ({
    ...remembered(USES, context, () => new RoleUses(context)).at(timeline, snapshot),
    recipients: recipientsAt(timeline, snapshot),
  }),
  dataOf,
  compare: ({ before, after, step }) => {
    const isUnknown = after.unknown.length + before.unknown.length > 0;
    if (dataOf(before) === dataOf(after) && !(isUnknown && step.source === "plan")) return undefined;
    const isForOthers = before.recipients !== after.recipients;
    const only = (one: UsedRoles, other: UsedRoles) =>
      [...one.roles.values()].filter(({ id }) => isForOthers || !other.roles.has(id));
    // What is known only after apply may be the present role.
    const lost = after.unknown.length > 0 ? [] : only(before, after);
    const gained = before.unknown.length > 0 && step.source === "drift" ? [] : only(after, before);
    return gained.length + lost.length === 0 && !isUnknown ? undefined : { gained, lost };
  },
  describe: ({ gained, lost }, { item: timeline, before, after, step, context }) => {
    const { stack, address, account } = timeline;
    const sentences = [
      ...gained.map((role) => sentenceOf(timeline, "gained", step.to, role)),
      ...lost.map((role) => sentenceOf(timeline, "lost", step.from, role)),
    ];
    const relations = sentences.map(({ effect }): Relation => (effect === "gained" ? "broader" : "narrower"));
    const unknown = distinctPhrases([...before.unknown, ...after.unknown]);
    return {
      stack,
      account,
      aspect: "runs-as",
      subject: address,
      addresses: [address],
      relation: unknown.length > 0 ? "unknown" : together(relations),
      sentences,
      reasons: unknown,
      risks: {
        gained: riskOfRoles(gained, timeline, step.to, context),
        lost: riskOfRoles(lost, timeline, step.from, context),
      },
    };
  },
});

/** Who controls the resource acts as its roles: the risk is that of the most serious of them. */
function riskOfRoles(
  roles: readonly UsedRole[],
  { type }: Timeline,
  snapshot: Snapshot,
  context: PlanContext,
): DescribedRisk {
  const does = type in GIVES_OUT_CREDENTIALS ? "act as" : "run as";
  const risks = roles.flatMap(({ principal }) =>
    principal === undefined ? [] : [actingRisk(principal, snapshot, context, does)],
  );
  const serious = risks.flatMap((risk) => (risk.class === undefined ? [] : [{ ...risk, class: risk.class }]));
  const [worst] = serious.toSorted((one, other) => compareRisks(one.class, other.class));
  return worst ?? {};
}

function sentenceOf(
  timeline: Timeline,
  effect: AccessSentence["effect"],
  snapshot: Snapshot,
  { said, effective }: UsedRole,
): AccessSentence {
  const verb = verbsOf(timeline.type)[effect];
  const what: Phrase =
    timeline.type === PROFILE
      ? [
          "an instance with instance profile ",
          quoted(textAt(timeline.at[snapshot], "name") ?? timeline.address),
        ]
      : [quoted(timeline.address)];
  return {
    effect,
    people: [],
    phrase: [...what, verb, ...said, ...(effect === "gained" ? [", ", ...effective] : [])],
  };
}

function recipientsAt({ type, at }: Timeline, snapshot: Snapshot): string {
  const attributes = at[snapshot];
  return attributes === undefined
    ? ""
    : JSON.stringify(recipientAttributes(type).map((name) => attributes[name] ?? null));
}

function dataOf({ roles, unknown, recipients }: State): string {
  return JSON.stringify([[...roles.keys()].sort(), unknown.map(plainText), recipients]);
}

/** What a resource of that type does with a role. */
function verbsOf(type: string): Readonly<Record<AccessSentence["effect"], string>> {
  return type in GIVES_OUT_CREDENTIALS
    ? { gained: " now gives out credentials of ", lost: " no longer gives out credentials of " }
    : { gained: " now runs as ", lost: " no longer runs as " };
}
