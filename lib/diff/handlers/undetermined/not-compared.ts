import { joinPhrases, type Phrase, quoted } from "../../../describe/phrase";
import { isTouched, type PlanContext, type Step } from "../../context/plan-context";
import { PRINCIPAL_KINDS } from "../../context/principal-kinds";
import { resourceKey } from "../../context/principals";
import type { Timeline } from "../../context/timelines";
import { ATTRIBUTES, NOT_COMPARED } from "../../coverage/compared-attributes";
import { namesPrincipal } from "../../coverage/other-grants";
import type { AccessChange } from "../../model/access-change";
import { canonical, changeOf } from "../../model/change";
import type { Attributes, AttributeValue } from "../../model/facts";
import { documentPathsOf, topOf } from "../resource-policies/documents";
import { statementCovers } from "../resource-policies/statements";
import { shareAttributes } from "../sharing/share-attributes";

/**
 * What lets somebody in and is not compared, such as policies of users and groups, of keys and
 * queues: named, and unknown.
 */
export function notComparedChangesOf(step: Step, { timelines }: PlanContext): readonly AccessChange[] {
  return timelines
    .filter(({ type }) => !(type in ATTRIBUTES))
    .flatMap((timeline) => changeIn(timeline, step));
}

/** What belongs to a principal that nobody can name before apply. */
export function unresolvedOwnerChangesOf(step: Step, { principals }: PlanContext): readonly AccessChange[] {
  return PRINCIPAL_KINDS.flatMap((kind) =>
    principals[kind].unresolved
      .filter(({ timeline }) => isTouched(timeline, step))
      .map(({ timeline, why }) =>
        unknownChange(timeline, step, [why], resourceKey(timeline.stack, timeline.address)),
      ),
  );
}

/**
 * So many attributes are named: of a grant every one matters, and who reads on finds them all among
 * the resources.
 */
const SHOWN = 6;

function changeIn(timeline: Timeline, step: Step): readonly AccessChange[] {
  if (!isTouched(timeline, step)) return [];
  const [before, after] = [timeline.at[step.from], timeline.at[step.to]];
  const names = NOT_COMPARED[timeline.type] ?? grantNames(timeline, before, after);
  // What nobody gives a value, and is known only after apply, is the provider's affair.
  const isOwn = (name: string): boolean =>
    after?.[name]?.kind !== "later" || timeline.configured?.includes(name) !== false;
  const differing = names.filter((name) => differs(before?.[name], after?.[name]) && isOwn(name));
  if (differing.length === 0) return [];
  const shown = differing.slice(0, SHOWN).map((name): Phrase => [quoted(name)]);
  const left = differing.length - shown.length;
  const reason: Phrase = [
    "not compared: ",
    ...joinPhrases([...shown, ...(left > 0 ? [[`and ${left} more`]] : [])], ", "),
  ];
  return [unknownChange(timeline, step, reason, timeline.address)];
}

/** What every resource has, and access does not depend on. */
const NO_SAY = ["id", "tags", "tags_all", "timeouts"];

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
  // Of a share that is compared the provider's own values tell nothing.
  return shared.length > 0 ? names.filter(isGiven) : names;
}

/** Those first that say who is let in. */
function namesIn(before: Attributes | undefined, after: Attributes | undefined): readonly string[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return [...names.filter(namesPrincipal), ...names.filter((name) => !namesPrincipal(name))];
}

function differs(before: AttributeValue | undefined, after: AttributeValue | undefined): boolean {
  return (after !== undefined && after.kind !== "value") || asData(before) !== asData(after);
}

function unknownChange(timeline: Timeline, step: Step, reason: Phrase, subject: string): AccessChange {
  const { stack, address, account, at } = timeline;
  return changeOf({
    stack,
    aspect: "permissions",
    subject,
    addresses: [address],
    source: step.source,
    relation: "unknown",
    ...(account === undefined ? {} : { account }),
    reason,
    sentences: [],
    before: allData(at[step.from]),
    after: allData(at[step.to]),
  });
}

function allData(attributes: Attributes | undefined): unknown {
  return attributes === undefined
    ? null
    : Object.keys(attributes)
        .sort()
        .map((name) => [name, asData(attributes[name])]);
}

function asData(value: AttributeValue | undefined): string {
  if (value?.kind === "value" && typeof value.value === "string") return canonical(value.value);
  return JSON.stringify(value ?? null);
}
