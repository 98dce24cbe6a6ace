import { joinPhrases, type Phrase, quoted } from "../../../describe/phrase";
import { regionsOf } from "../../context/identifiers";
import { isTouched } from "../../context/plan-context";
import type { Timeline } from "../../context/timelines";
import { ATTRIBUTES, NOT_COMPARED } from "../../coverage/compared-attributes";
import { namesPrincipal } from "../../coverage/other-grants";
import { type Attributes, type AttributeValue, REGION } from "../../model/facts";
import { handlerOf } from "../handler";
import { documentPathsOf, topOf } from "../resource-policies/documents";
import { statementCovers } from "../resource-policies/statements";
import { shareAttributes } from "../sharing/share-attributes";
import { allData, asData, undetermined } from "./attributes-data";

/**
 * So many attributes are named: of a grant every one matters, and all of them are among the
 * resources.
 */
const SHOWN = 6;

/** Attributes that can grant access and that no comparison looks at: named, and unknown. */
export const notCompared = handlerOf<Timeline, Attributes | undefined, readonly string[]>({
  name: "not-compared",
  itemsIn: (step, { timelines }) =>
    timelines.filter((one) => !(one.type in ATTRIBUTES) && isTouched(one, step)),
  normalise: ({ at }, snapshot) => at[snapshot],
  dataOf: allData,
  compare: ({ item: timeline, before, after }) => {
    const names = NOT_COMPARED[timeline.type] ?? grantNames(timeline, before, after);
    // What is not configured, and is known only after apply, is set by the provider.
    const isOwn = (name: string): boolean =>
      after?.[name]?.kind !== "later" || timeline.configured?.includes(name) !== false;
    const differing = [
      ...names.filter((name) => name !== REGION && differs(before?.[name], after?.[name]) && isOwn(name)),
      ...(isMoved(timeline, before, after) ? [REGION] : []),
    ];
    return differing.length === 0 ? undefined : differing;
  },
  describe: (differing, { item: timeline }) => {
    const shown = differing.slice(0, SHOWN).map((name): Phrase => [quoted(name)]);
    const left = differing.length - shown.length;
    return {
      ...undetermined(timeline, timeline.address),
      reasons: [
        ["not compared: ", ...joinPhrases([...shown, ...(left > 0 ? [[`and ${left} more`]] : [])], ", ")],
      ],
    };
  },
  describeDrift: () => [],
});

/** What every resource has, and access does not depend on. */
const NO_SAY = ["id", "tags", "tags_all", "timeouts"];

/**
 * Whether a grant or a policy goes to another region: to another object of the same name. A region
 * that is only added, by the provider's version 6, changes nothing.
 */
function isMoved(timeline: Timeline, before: Attributes | undefined, after: Attributes | undefined): boolean {
  if (regionsOf(timeline).length < 2) return false;
  const { type } = timeline;
  const hasPolicy = [before, after].some((one) => documentPathsOf(type, one).length > 0);
  return hasPolicy || type in NOT_COMPARED || grantNames(timeline, before, after).length > 0;
}

/** Of a grant all attributes but its policy, which is compared by itself; of anything else none. */
function grantNames(
  { type, configured }: Timeline,
  before: Attributes | undefined,
  after: Attributes | undefined,
): readonly string[] {
  const documents = new Set([before, after].flatMap((one) => documentPathsOf(type, one)).map(topOf));
  const all = namesIn(before, after);
  const shared = shareAttributes(type, all);
  const covered = new Set([...documents, ...statementCovers(type), ...shared, ...NO_SAY]);
  const names = all.filter((name) => !covered.has(name));
  if (statementCovers(type).length > 0) return names;
  const isGiven = (name: string) => configured?.includes(name) !== false;
  const isGrant = all.some((name) => namesPrincipal(name) && isGiven(name) && !documents.has(name));
  if (!isGrant) return [];
  // Values that the provider computes are not part of a compared share.
  return shared.length > 0 ? names.filter(isGiven) : names;
}

/** The attributes that name principals first. */
function namesIn(before: Attributes | undefined, after: Attributes | undefined): readonly string[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return [...names.filter(namesPrincipal), ...names.filter((name) => !namesPrincipal(name))];
}

function differs(before: AttributeValue | undefined, after: AttributeValue | undefined): boolean {
  return (after !== undefined && after.kind !== "value") || asData(before) !== asData(after);
}
