import { isJsonObject } from "../iam/language/json";
import { accountsOf, type ResourceAccount } from "./account-of";
import { failedChecksIn } from "./checks";
import type { Contradiction } from "./contradictions";
import { declarationsIn } from "./declarations";
import { isEqual } from "./equal";
import { invocationsIn } from "./invocations";
import { maskReferences } from "./mask-references";
import { maskResource, withCleanKeys } from "./mask-resource";
import { outputsIn } from "./outputs";
import { type PlanJson, type PlannedChange, type PlannedResource, readPlanJson } from "./plan-json";
import { type References, referencesIn } from "./references";
import { type Changed, type ChangedResource, changedIn, type Source } from "./resources";
import { type Mask, maskFor } from "./sensitive/masking";
import type { StackReview } from "./stack-review";

/** A plan as everything after this module sees it: typed, and without any secret. */
export interface MaskedPlan {
  readonly review: StackReview;
  readonly changed: Readonly<Record<Source, readonly MaskedChange[]>>;
  /** Ephemeral resources that the plan opens (OpenTofu lists them). */
  readonly opened: readonly Pick<PlannedResource, "address" | "type">[];
  /** The parts that were selected of all resources: planned, drifted, and deferred. */
  readonly selected: {
    readonly changes: readonly PlannedResource[];
    readonly drift: readonly PlannedResource[];
    readonly deferred: readonly { readonly reason: string; readonly resource: PlannedResource }[];
  };
  /** All planned resources by address, and which of their attributes are known after apply. */
  readonly instances: readonly Instance[];
  readonly references: References;
  readonly accountOf: (resource: PlannedResource) => ResourceAccount;
  readonly contradictions: readonly Contradiction[];
  /** Fields of the plan that this release does not know. */
  readonly unreadFields: readonly string[];
}

/** A change, and what the plan says of its resource. */
export interface MaskedChange extends ChangedResource {
  /** The resource type as it may be printed. */
  readonly shownType: string;
  /**
   * Whether the values at a path differ, through lists. It compares sensitive values too, before
   * they are masked: two masked values look the same.
   */
  readonly differs: (path: string) => boolean;
}

export interface Instance extends Pick<PlannedResource, "address" | "mode" | "deposed"> {
  readonly unknown: PlannedChange["after_unknown"];
}

/**
 * Selects the attributes of a resource that are compared; undefined: none. It is the only function
 * outside of this module that sees values before they are masked: a policy that contains a secret
 * must still be recognised as a policy. What it returns is masked.
 */
type Select = (resource: PlannedResource, references: References) => PlannedResource | undefined;

/**
 * Reads `terraform show -json` of a plan, and masks what it returns. No value that the plan marks
 * as sensitive is in the result, in any form that `maskFor` finds.
 * @param name of the stack or file, for the report and for messages
 * @throws ProjectError `plan-not-read`, `plan-format`, `plan-action-unknown` (exit 2)
 */
export function readMaskedPlan(text: string, name: string, select: Select): MaskedPlan {
  const read = readPlanJson(text, name);
  const mask = maskFor(read);
  // Only the search for secrets needs variables and planned values: they can be freed.
  const { variables: _variables, planned_values: _values, ...plan } = read;
  const settings = { stack: name, mask };
  const references = referencesIn(plan);
  const selectIn = (resources: readonly PlannedResource[]) => {
    const masked: PlannedResource[] = [];
    for (const one of resources) {
      const selected = select(one, references);
      if (selected !== undefined) masked.push(maskResource(selected, mask));
    }
    return masked;
  };
  const changed = changedIn(plan, settings);
  const newer = read.newerFormat;
  return {
    review: {
      name,
      isErrored: plan.errored === true,
      isIncomplete: plan.complete === false && plan.errored !== true,
      ...(newer?.version === undefined ? {} : { newerFormat: newer.version }),
      resources: changed.plan.map(({ change }) => change),
      drift: changed.drift.map(({ change }) => change),
      deferred: changed.deferred.map(({ change }) => change),
      actions: invocationsIn(plan, settings),
      outputs: outputsIn(plan, mask),
      checks: failedChecksIn(plan, mask),
    },
    changed: maskChanged(changed, mask),
    opened: openedIn(plan, mask),
    selected: {
      changes: selectIn(declarationsIn(plan)),
      drift: selectIn(plan.resource_drift),
      deferred: plan.deferred_changes.flatMap(({ reason, resource_change: one }) =>
        selectIn([one]).map((resource) => ({ reason: mask(reason), resource })),
      ),
    },
    instances: plan.resource_changes.map((one) => instanceOf(one, mask)),
    references: maskReferences(references, mask),
    accountOf: accountsOf(plan, mask),
    contradictions: (plan.contradictions ?? []).map(({ address, why }) => ({ address: mask(address), why })),
    unreadFields: (newer?.fields ?? []).map(mask),
  };
}

function maskChanged(changed: Changed, mask: Mask): MaskedPlan["changed"] {
  const masked = ({ change, resource }: ChangedResource): MaskedChange => ({
    change,
    resource: maskResource(resource, mask),
    shownType: mask(resource.type),
    differs: (path) => {
      const { before, after } = resource.change;
      return !isEqual(valuesAt(before, path.split(".")), valuesAt(after, path.split(".")));
    },
  });
  return {
    plan: changed.plan.map(masked),
    drift: changed.drift.map(masked),
    deferred: changed.deferred.map(masked),
  };
}

/** All values at a path, through lists, without empty ones. */
function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  if (value === null || value === undefined || value === "") return [];
  if (Array.isArray(value)) return value.flatMap((one: unknown) => valuesAt(one, path));
  const [first, ...rest] = path;
  if (first === undefined) return [value];
  return isJsonObject(value) && Object.hasOwn(value, first) ? valuesAt(value[first], rest) : [];
}

function openedIn({ resource_changes: resources }: PlanJson, mask: Mask): MaskedPlan["opened"] {
  return resources
    .filter(({ mode, change }) => mode === "ephemeral" && change.actions.join() !== "no-op")
    .map(({ address, type }) => ({ address: mask(address), type }));
}

function instanceOf({ address, mode, deposed, change }: PlannedResource, mask: Mask): Instance {
  return {
    address: mask(address),
    mode,
    ...(deposed === undefined ? {} : { deposed }),
    unknown: withCleanKeys(change.after_unknown, mask),
  };
}
