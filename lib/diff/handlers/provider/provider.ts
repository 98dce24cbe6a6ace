import { joinPhrases, type Phrase, quoted } from "../../../describe/phrase";
import { type Relation, together } from "../../../describe/relation";
import { isTouched, type PlanContext, type Step } from "../../context/plan-context";
import { whyLater } from "../../context/policy-reading";
import { type Snapshot, type Timeline, textAt, textsAt } from "../../context/timelines";
import type { AccessChange, AccessSentence } from "../../model/access-change";
import { changeOf } from "../../model/change";
import { driftOutcome } from "../../model/drift-outcome";
import type { Attributes } from "../../model/facts";
import { type Accepts, effectOnRoles } from "./effect-on-roles";

/**
 * Whose tokens the accounts take, before and after: providers that come in or go away, and their
 * audiences.
 */
export function providerChangesOf(step: Step, context: PlanContext): readonly AccessChange[] {
  return (context.byType.get("aws_iam_openid_connect_provider") ?? [])
    .filter((timeline) => isTouched(timeline, step))
    .flatMap((timeline) => changesOf(timeline, step, context));
}

function changesOf(timeline: Timeline, step: Step, context: PlanContext): readonly AccessChange[] {
  const [before, after] = [acceptsAt(timeline, step.from), acceptsAt(timeline, step.to)];
  const base = { timeline, step, context };
  const isOther =
    before !== undefined &&
    after !== undefined &&
    !isPhrase(before) &&
    !isPhrase(after) &&
    before.url !== after.url;
  if (!isOther) return change(base, before, after);
  // Another URL is another provider.
  return [...change(base, before, undefined), ...change(base, undefined, after)];
}

interface Base {
  readonly timeline: Timeline;
  readonly step: Step;
  readonly context: PlanContext;
}

type Read = Accepts | Phrase | undefined;

function change({ timeline, step, context }: Base, before: Read, after: Read): readonly AccessChange[] {
  if (JSON.stringify(before) === JSON.stringify(after) && !isPhrase(after)) return [];
  const read = [after, before].find((one): one is Accepts => one !== undefined && !isPhrase(one));
  const outcome: readonly Phrase[] =
    step.source === "drift"
      ? [driftOutcome(before ?? null, after ?? null, acceptsAt(timeline, "planned") ?? null)]
      : [];
  const base = {
    ...({ stack: timeline.stack, aspect: "provider", subject: read?.url ?? timeline.address } as const),
    addresses: [timeline.address],
    source: step.source,
    before: before ?? null,
    after: after ?? null,
    ...(timeline.account === undefined ? {} : { account: timeline.account }),
  };
  if (isPhrase(before) || isPhrase(after)) {
    const why = isPhrase(after) ? after : isPhrase(before) ? before : [];
    return [
      changeOf({ ...base, relation: "unknown", reason: joinPhrases([why, ...outcome], "; "), sentences: [] }),
    ];
  }
  const own = ownSentences(before, after);
  const { relations, sentences, isPinned } = effectOnRoles(timeline, before, after, step, context);
  const grows = own.some(({ effect }) => effect === "gained");
  const reasons: readonly Phrase[] = [
    ...(grows && isPinned
      ? [["every role of these plans that trusts it asks for an audience of its own"]]
      : []),
    ...outcome,
  ];
  const relation = together([
    ...relations,
    ...own.map(({ effect }): Relation => (effect === "gained" ? "broader" : "narrower")),
  ]);
  return [
    changeOf({
      ...base,
      relation,
      sentences: [...own, ...sentences],
      ...(reasons.length === 0 ? {} : { reason: joinPhrases(reasons, "; ") }),
    }),
  ];
}

/** Undefined: there is no such provider. A phrase says why nobody knows what it accepts. */
function acceptsAt({ at }: Timeline, snapshot: Snapshot): Read {
  const attributes = at[snapshot];
  if (attributes === undefined) return undefined;
  const url = textAt(attributes, "url");
  if (url === undefined) return unreadable("its URL ", attributes, "url");
  const audiences = textsAt(attributes, "client_id_list");
  if (audiences === undefined && attributes.client_id_list !== undefined)
    return unreadable("which audiences it accepts ", attributes, "client_id_list");
  const thumbprints = textsAt(attributes, "thumbprint_list");
  return {
    // IAM shows the URL without its scheme, a plan with it.
    url: url.replace(/^https:\/\//, ""),
    audiences: [...(audiences ?? [])].sort(),
    // AWS finds them out by itself where nobody gives any.
    thumbprints:
      thumbprints === undefined
        ? attributes.thumbprint_list === undefined
          ? []
          : "later"
        : [...thumbprints].sort(),
  };
}

function unreadable(what: string, attributes: Attributes, name: string): Phrase {
  const value = attributes[name];
  if (value?.kind === "later") return [what, ...whyLater(value)];
  return [what, value?.kind === "sensitive" ? "is marked as sensitive" : "is not in the plan"];
}

function isPhrase(read: Read): read is Phrase {
  return Array.isArray(read);
}

/** What is accepted by the account, whoever trusts it. */
function ownSentences(before: Accepts | undefined, after: Accepts | undefined): readonly AccessSentence[] {
  const sentence = (effect: AccessSentence["effect"], phrase: Phrase): AccessSentence => ({
    effect,
    people: [],
    phrase,
  });
  if (before === undefined || after === undefined) {
    const { url = "", audiences = [] } = after ?? before ?? {};
    const tokens: Phrase = ["tokens of ", quoted(url), " for ", ...list(audiences)];
    return after === undefined
      ? [sentence("lost", ["no role takes ", ...tokens, " any more"])]
      : [sentence("gained", ["roles that trust them now take ", ...tokens])];
  }
  const only = (one: readonly string[], other: readonly string[]) =>
    one.filter((text) => !other.includes(text));
  const [added, removed] = [only(after.audiences, before.audiences), only(before.audiences, after.audiences)];
  const prints = (from: Accepts, to: Accepts) =>
    from.thumbprints === "later" || to.thumbprints === "later" ? [] : only(to.thumbprints, from.thumbprints);
  const keys: Phrase = [" of ", quoted(after.url), " that are served with the certificate "];
  return [
    ...(added.length === 0
      ? []
      : [
          sentence("gained", [
            "every role that trusts ",
            quoted(after.url),
            " and asks for no audience now takes tokens for ",
            ...list(added),
          ]),
        ]),
    ...prints(before, after).map((print) =>
      sentence("gained", ["keys", ...keys, quoted(print), " now count"]),
    ),
    ...(removed.length === 0
      ? []
      : [
          sentence("lost", [
            "no role takes tokens of ",
            quoted(after.url),
            " for ",
            ...list(removed),
            " any more",
          ]),
        ]),
    ...prints(after, before).map((print) =>
      sentence("lost", ["keys", ...keys, quoted(print), " no longer count"]),
    ),
  ];
}

function list(texts: readonly string[]): Phrase {
  return texts.length === 0
    ? ["no audience"]
    : joinPhrases(
        texts.map((text) => [quoted(text)]),
        ", ",
      );
}
