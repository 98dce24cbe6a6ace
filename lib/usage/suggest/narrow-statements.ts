import type { Role } from "../../config/model/model";
import { editList } from "../../config/yaml/edit-list";
import { removeEntry } from "../../config/yaml/remove-entry";
import { someTexts } from "../../describe/list";
import { knownActions } from "../../iam/data/actions";
import type { AwsData } from "../../iam/data/aws-data";
import { actionMatcher } from "../../iam/write/unknown-actions";
import { recordedBy } from "../actions/recorded";
import { usedActions } from "../answer/unused-actions";
import type { RoleUse } from "../answer/usage";
import { type NarrowedAction, narrowAction } from "./narrow-actions";
import { narrowResources } from "./narrow-resources";

/** A text of access.yaml while it is narrowed. */
export interface Narrowing {
  text: string;
  /** What is narrower, a sentence for each role and kind. */
  readonly narrower: string[];
  /** What was not narrowed, and why. */
  readonly kept: string[];
}

type Statement = Role["statements"][number];

/** Narrows the actions and resources of a role's statements to those of its calls. */
export function narrowStatements(
  found: Narrowing,
  path: readonly [string, ...string[]],
  { statements, policies, inlinePolicies }: Role,
  { role, calls, kinds }: RoleUse,
  aws: AwsData,
): void {
  const used = usedActions(calls);
  const isRecorded = recordedBy(kinds, aws);
  const gone: string[] = [];
  const unrecorded: string[] = [];
  const emptied: number[] = [];
  for (const [index, statement] of statements.entries()) {
    const { Effect: effect, Action: action } = statement;
    if (effect !== "Allow" || action === undefined) continue;
    const patterns = [action].flat();
    const after = new Map(
      patterns.map((pattern) => [pattern, narrowAction(pattern, used, isRecorded)] as const),
    );
    const kept = [...after.values()].flatMap(({ notRecorded }) => notRecorded);
    unrecorded.push(...kept);
    const changed = patterns.filter((pattern) => after.get(pattern)?.actions.join() !== pattern);
    gone.push(...changed);
    if ([...after.values()].every(({ actions }) => actions.length === 0)) {
      emptied.push(index);
      continue;
    }
    if (changed.length > 0)
      found.text = editList(found.text, [...path, index, "Action"], (item) => [
        ...(after.get(String(item))?.actions ?? [item]),
      ]);
    if (kept.length === 0) narrowStatement(found, [...path, index], role, statement, after, calls, aws);
  }
  if (emptied.length === statements.length && emptied.length > 0) found.text = removeEntry(found.text, path);
  else if (emptied.length > 0)
    found.text = editList(found.text, path, (item, index) => (emptied.includes(index) ? [] : [item]));
  if (gone.length > 0) found.narrower.push(`${role}: ${someTexts(gone, "and")} narrowed to what was called`);
  if (unrecorded.length > 0)
    found.kept.push(
      `${role}: ${someTexts([...new Set(unrecorded)], "and")}: CloudTrail may not record it, so it stays with its resources`,
    );
  const whole = [...policies, ...inlinePolicies.map(({ file }) => file)];
  if (whole.length > 0) found.kept.push(`${role}: ${someTexts(whole, "and")}: only statements are narrowed`);
}

function narrowStatement(
  found: Narrowing,
  path: readonly [string, ...(string | number)[]],
  role: string,
  { Resource: resource }: Statement,
  actions: ReadonlyMap<string, NarrowedAction>,
  calls: RoleUse["calls"],
  aws: AwsData,
): void {
  if (resource === undefined || aws.actions === undefined) return;
  const before = [resource].flat();
  const allowed = [...actions.values()].flatMap((one) => one.actions).flatMap(actionsOf);
  const after = narrowResources(before, allowed, calls, aws.actions);
  if ("why" in after) {
    if (before.some((one) => /[*?]/.test(one)))
      found.kept.push(`${role}: resource ${someTexts(before, "and")}: ${after.why}`);
    return;
  }
  if (before.toSorted().join() === after.resources.toSorted().join()) return;
  const gone = before.filter((one) => !after.resources.includes(one));
  found.text = editList(found.text, [...path, "Resource"], (item, index) => {
    const own = after.resources.filter((one) => one === item);
    // Those that come in stand where the list begins.
    return index > 0 ? own : [...own, ...after.resources.filter((one) => !before.includes(one))];
  });
  found.narrower.push(`${role}: resource ${someTexts(gone, "and")} narrowed to what was used`);
}

/** The actions of a pattern that stays because all of it was called. */
function actionsOf(pattern: string): readonly string[] {
  const [prefix = "", name = ""] = pattern.split(":");
  const service = prefix.toLowerCase();
  return (knownActions().namesOf(service) ?? [])
    .filter(actionMatcher(name))
    .map((one) => `${service}:${one}`);
}
