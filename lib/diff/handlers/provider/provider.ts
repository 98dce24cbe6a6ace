import type { Phrase } from "../../../describe/phrase";
import type { Relation } from "../../../describe/relation";
import { together } from "../../../describe/relation";
import { isTouched } from "../../context/plan-context";
import { whyLater } from "../../context/policy-reading";
import { type Snapshot, type Timeline, textAt, textsAt } from "../../context/timelines";
import type { AccessSentence } from "../../model/access-change";
import type { Attributes } from "../../model/facts";
import { type Compared, handlerOf } from "../handler";
import { type Accepts, effectOnRoles } from "./effect-on-roles";
import { ownSentences } from "./provider-sentences";

/** A provider that a resource declares. Another URL is another provider. */
interface Provider {
  readonly timeline: Timeline;
  /** Undefined: the URL is the same in both snapshots, or is not known. */
  readonly url: string | undefined;
}

type State = Accepts | Phrase | undefined;

interface Difference {
  readonly relation: Relation;
  readonly reasons: readonly Phrase[];
  readonly sentences: readonly AccessSentence[];
}

/** OIDC providers that are added or removed, and the audiences that they accept. */
export const oidcProviders = handlerOf<Provider, State, Difference>({
  name: "oidc-providers",
  comparison: "oidc-providers",
  itemsIn: (step, { byType }) =>
    (byType.get("aws_iam_openid_connect_provider") ?? [])
      .filter((timeline) => isTouched(timeline, step))
      .flatMap((timeline): readonly Provider[] => {
        const [before, after] = [acceptsAt(timeline, step.from), acceptsAt(timeline, step.to)];
        const urls = [before, after].flatMap((one) => (one === undefined || isPhrase(one) ? [] : [one.url]));
        const isOther = urls.length === 2 && urls[0] !== urls[1];
        return isOther ? urls.map((url) => ({ timeline, url })) : [{ timeline, url: undefined }];
      }),
  normalise: ({ timeline, url }, snapshot) => {
    const accepts = acceptsAt(timeline, snapshot);
    const isThis = url === undefined || accepts === undefined || isPhrase(accepts) || accepts.url === url;
    return isThis ? accepts : undefined;
  },
  dataOf: (accepts) => accepts ?? null,
  compare: (compared) => {
    const { before, after } = compared;
    if (JSON.stringify(before) === JSON.stringify(after) && !isPhrase(after)) return undefined;
    if (isPhrase(before) || isPhrase(after)) {
      const why = isPhrase(after) ? after : isPhrase(before) ? before : [];
      return { relation: "unknown", reasons: [why], sentences: [] };
    }
    return differenceOf(compared, before, after);
  },
  describe: ({ relation, reasons, sentences }, { item: { timeline }, before, after }) => {
    const read = [after, before].find((one): one is Accepts => one !== undefined && !isPhrase(one));
    return {
      stack: timeline.stack,
      account: timeline.account,
      aspect: "provider",
      subject: read?.url ?? timeline.address,
      addresses: [timeline.address],
      relation,
      sentences,
      reasons,
    };
  },
});

function differenceOf(
  { item: { timeline }, step, context }: Compared<Provider, State>,
  before: Accepts | undefined,
  after: Accepts | undefined,
): Difference {
  const { account } = timeline;
  const own = ownSentences(before, after, { account, access: context.access });
  const { relations, sentences, isPinned } = effectOnRoles(timeline, before, after, step, context);
  const grows = own.some(({ effect }) => effect === "gained");
  return {
    relation: together([
      ...relations,
      ...own.map(({ effect }): Relation => (effect === "gained" ? "broader" : "narrower")),
    ]),
    reasons: grows && isPinned ? [["every examined role that trusts it has its own audience condition"]] : [],
    sentences: [...own, ...sentences],
  };
}

/** Undefined: the provider does not exist. A phrase: why its audiences are unknown. */
function acceptsAt({ at }: Timeline, snapshot: Snapshot): State {
  const attributes = at[snapshot];
  if (attributes === undefined) return undefined;
  const url = textAt(attributes, "url");
  if (url === undefined) return unreadable("its URL ", attributes, "url");
  const audiences = textsAt(attributes, "client_id_list");
  if (audiences === undefined && attributes.client_id_list !== undefined)
    return unreadable("the list of its audiences ", attributes, "client_id_list");
  const thumbprints = textsAt(attributes, "thumbprint_list");
  return {
    // IAM shows the URL without its scheme, a plan with it.
    url: url.replace(/^https:\/\//, ""),
    audiences: [...(audiences ?? [])].sort(),
    // AWS retrieves the thumbprints if the configuration gives none.
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

function isPhrase(read: State): read is Phrase {
  return Array.isArray(read);
}
