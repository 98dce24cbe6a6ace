import { compareText } from "../collections/sort";
import { stableId } from "../collections/stable-id";
import type { Phrase } from "../describe/phrase";
import { atIndex, atKey } from "../iam/language/json-path";
import { type Action, actionOf } from "./actions";
import { attributeChanges } from "./attributes";
import { dataLossOf } from "./data-loss";
import { declarationsIn } from "./declarations";
import { declaredElsewhere } from "./declared-elsewhere";
import { type ChangeDraft, maskChange } from "./mask-change";
import type { PlanJson, PlannedChange, PlannedResource } from "./plan-json";
import { deferredReasonOf, reasonOf } from "./reasons";
import type { AttributeChange, ResourceChange } from "./resource-change";
import { hasMark, markAt } from "./sensitive/marks";
import type { Mask } from "./sensitive/masking";

export { hasMark } from "./sensitive/marks";

export interface ReadSettings {
  /** The stack's or file's name, which its changes' ids depend on. */
  readonly stack: string;
  readonly mask: Mask;
}

/** A change, and what the plan says of the resource. */
export interface ChangedResource {
  readonly change: ResourceChange;
  readonly resource: PlannedResource;
}

/**
 * What a plan does, what was changed outside of Terraform since its last run, and what is deferred
 * to a later plan; each by address.
 */
export type Changed = Readonly<Record<Source, readonly ChangedResource[]>>;

/**
 * Everything that a plan says of managed resources and data, with what it says of each. Nothing to
 * do: not listed.
 */
export function changedIn(plan: PlanJson, settings: ReadSettings): Changed {
  return {
    plan: sorted(
      plan.resource_changes
        .filter((resource) => !isUntouched(resource))
        .flatMap((resource) => changeOf(resource, "plan", settings)),
    ),
    drift: driftedIn(plan, settings),
    deferred: putOffIn(plan, settings),
  };
}

function putOffIn(plan: PlanJson, settings: ReadSettings): readonly ChangedResource[] {
  return sorted(
    plan.deferred_changes.flatMap(({ reason, resource_change: resource }) =>
      changeOf(resource, "deferred", settings, undefined, deferredReasonOf(reason)),
    ),
  );
}

function driftedIn(plan: PlanJson, settings: ReadSettings): readonly ChangedResource[] {
  if (plan.resource_drift.length === 0) return [];
  const isElsewhere = declaredElsewhere(declarationsIn(plan));
  return sorted(
    plan.resource_drift.flatMap((resource) =>
      changeOf(resource, "drift", settings, (attribute) => !isElsewhere(resource, attribute)),
    ),
  );
}

export type Source = "plan" | "drift" | "deferred";

/** What `--fail-on` calls an action, where it has a word for it. */
function kindOf(action: Action, source: Source): string {
  if (source !== "plan") return source;
  return action === "import-and-replace" ? "replace" : action;
}

/** @param isOwn whether an attribute's drift is its own; undefined: no drift */
function changeOf(
  resource: PlannedResource,
  source: Source,
  { stack, mask }: ReadSettings,
  isOwn: ((attribute: string) => boolean) | undefined = undefined,
  deferredFor: Phrase | undefined = undefined,
): readonly ChangedResource[] {
  if (source !== "deferred" && isUntouched(resource)) return [];
  const address = mask(addressOf(resource));
  const action = actionOf({ ...resource, address });
  if (action === "none" && source !== "deferred") return [];
  const isDrift = isOwn !== undefined && action === "update";
  const attributes = isDrift ? ownDrift(resource.change, isOwn) : attributeChanges(resource.change);
  if (attributes === undefined) return [];
  const reason = deferredFor ?? reasonOf(resource);
  const { previous_address: previous, change } = resource;
  const importId = importIdOf(change);
  const dataLoss = source === "plan" ? dataLossOf(resource, action) : undefined;
  const draft: ChangeDraft = {
    address,
    ...(previous === undefined || previous === resource.address ? {} : { previousAddress: previous }),
    action,
    ...(importId === undefined ? {} : { importId }),
    ...(reason === undefined ? {} : { reason }),
    attributes,
    replacedFor: replacedFor(change),
    ...(action === "replace" && change.actions.includes("forget") ? { isOldForgotten: true } : {}),
    ...(dataLoss === undefined ? {} : { dataLoss }),
  };
  const masked = maskChange(draft, mask);
  const id = stableId(kindOf(action, source), [stack, source, partsOf(masked)]);
  return [{ resource, change: { id, ...masked } }];
}

/** Nearly all resources of a large plan are, and cost nothing. */
function isUntouched({ previous_address: previous, change }: PlannedResource): boolean {
  const { actions, importing } = change;
  const isNoOp = actions.length === 1 && actions[0] === "no-op";
  return isNoOp && previous === undefined && (importing === undefined || importing === null);
}

/**
 * Attributes that were changed outside of Terraform. Providers write null to the state where they
 * later read an empty map from AWS: that is no change, and every new resource without tags would
 * show it.
 * @returns undefined: every difference is explained
 */
function ownDrift(
  change: PlannedChange,
  isOwn: (attribute: string) => boolean,
): readonly AttributeChange[] | undefined {
  const own = attributeChanges(change, { isWanted: isOwn, isEmptyNothing: true });
  return own.length === 0 && attributeChanges(change).length > 0 ? undefined : own;
}

function addressOf({ address, deposed }: PlannedResource): string {
  return deposed === undefined ? address : `${address} (deposed ${deposed})`;
}

/** What it is imported by: an id, or the attributes that identify it, as JSON. */
function importIdOf({ importing }: PlannedChange): string | undefined {
  if (importing === undefined || importing === null) return undefined;
  const { id, identity } = importing;
  return id ?? (identity === undefined || identity === null ? undefined : JSON.stringify(identity));
}

function replacedFor({ replace_paths: paths = [] }: PlannedChange): readonly string[] {
  const texts = paths.map((path) =>
    path.reduce<string>(
      (text, step) => (typeof step === "number" ? atIndex(text, step) : atKey(text, step)),
      "",
    ),
  );
  return [...new Set(texts)].sort(compareText);
}

/** Statements, and what is derived, say again what the values say. */
function partsOf({ attributes, isOldForgotten: _, dataLoss: __, ...change }: ChangeDraft): unknown {
  return { ...change, attributes: attributes.map(({ path, before, after }) => [path, before, after]) };
}

/**
 * Whether an attribute, or a part of it, will be known only after apply, or is sensitive, by the
 * marks of the whole.
 */
export function isUnknown(marks: PlannedChange["after_unknown"], key: string): boolean {
  return hasMark(markAt(marks, key));
}

function sorted(changes: readonly ChangedResource[]): readonly ChangedResource[] {
  return changes.toSorted(
    ({ change: left }, { change: right }) =>
      compareText(left.address, right.address) || compareText(left.id, right.id),
  );
}
