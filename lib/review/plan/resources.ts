import { isDeepStrictEqual } from "node:util";
import { compareText } from "../../access/sort";
import type { AttributeChange, ResourceChange, ShownValue } from "../model/resource-change";
import { stableId } from "../model/stable-id";
import { actionOf } from "./actions";
import { declarationsIn } from "./declarations";
import { declaredElsewhere } from "./declared-elsewhere";
import type { PlanJson, PlannedChange, PlannedResource } from "./plan-json";

/** Everything that a plan does to managed resources and data, by address. Nothing to do: not listed. */
export function changesIn({ resource_changes: resources }: PlanJson): readonly ResourceChange[] {
  return sorted(resources.map(changeOf).filter(({ action }) => action !== "none" && action !== "read"));
}

/** What somebody changed outside of Terraform since its last run; a plan may have no other changes and still show these. */
export function driftIn(plan: PlanJson): readonly ResourceChange[] {
  const isElsewhere = declaredElsewhere(declarationsIn(plan));
  return sorted(
    plan.resource_drift.flatMap((resource) => {
      const change = changeOf(resource);
      if (change.action !== "update") return change.action === "none" ? [] : [change];
      const attributes = change.attributes.filter((attribute) => !isElsewhere(resource, attribute.path));
      const isExplained = change.attributes.length > 0 && attributes.length === 0;
      return isExplained ? [] : [{ ...change, attributes }];
    }),
  );
}

function changeOf(resource: PlannedResource): ResourceChange {
  const { address, deposed, previous_address: previous, change } = resource;
  const action = actionOf(resource);
  const name = deposed === undefined ? address : `${address} (deposed ${deposed})`;
  const attributes = differing(change);
  return {
    id: stableId(action, [name, attributes]),
    address: name,
    ...(previous === undefined || previous === address ? {} : { previousAddress: previous }),
    action,
    ...(change.importing?.id === undefined ? {} : { importId: change.importing.id }),
    attributes,
    replacedFor: [...new Set((change.replace_paths ?? []).map((path) => path.join(".")))].sort(compareText),
  };
}

/** Of something that is created or destroyed all attributes differ: nobody learns from a list of them. */
function differing(change: PlannedChange): readonly AttributeChange[] {
  const { before, after, after_unknown: unknown } = change;
  if (before === null || before === undefined || after === null || after === undefined) return [];
  const later = typeof unknown === "object" ? Object.keys(unknown) : [];
  const keys = new Set([...Object.keys(before), ...Object.keys(after), ...later]);
  return [...keys]
    .filter((key) => isUnknown(unknown, key) || !isDeepStrictEqual(before[key], after[key]))
    .sort(compareText)
    .map((key) => ({
      path: key,
      before: shown(before[key], isUnknown(change.before_sensitive, key)),
      after: isUnknown(unknown, key)
        ? { kind: "known-after-apply" }
        : shown(after[key], isUnknown(change.after_sensitive, key)),
    }));
}

function shown(value: unknown, isSensitive: boolean): ShownValue {
  if (isSensitive) return { kind: "sensitive" };
  if (value === undefined || value === null) return { kind: "absent" };
  return { kind: "text", text: typeof value === "string" ? value : JSON.stringify(value) };
}

/** Whether an attribute, or a part of it, will be known only after apply. */
export function isUnknown(marks: PlannedChange["after_unknown"], key: string): boolean {
  if (typeof marks === "boolean") return marks;
  return marks !== undefined && hasMark(marks[key]);
}

/** Marks are `true`, or lists and maps with such in them. */
export function hasMark(mark: unknown): boolean {
  if (typeof mark === "boolean") return mark;
  if (Array.isArray(mark)) return mark.some(hasMark);
  return typeof mark === "object" && mark !== null && Object.values(mark).some(hasMark);
}

function sorted(changes: readonly ResourceChange[]): readonly ResourceChange[] {
  return changes.toSorted((left, right) => compareText(left.address, right.address));
}
