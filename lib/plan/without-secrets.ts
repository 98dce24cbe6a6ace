import type { PlanJson, PlannedChange, PlannedOutput, PlannedResource, Values } from "./plan-json";
import { hasMark, type Marks, markAt } from "./sensitive/marks";
import { type Mask, NO_SECRETS } from "./sensitive/masking";

/**
 * A plan in which no secret is left, for what reasons about it further. A value that is sensitive
 * is null and stays marked; a text that holds a secret is treated as one that is marked: two
 * different secrets must not become one text that looks the same. Nothing is left of variables,
 * states and configuration.
 */
export function withoutSecrets(plan: PlanJson, mask: Mask): PlanJson {
  const clean = (resource: PlannedResource): PlannedResource => cleanResource(resource, mask);
  return {
    format_version: plan.format_version,
    ...(plan.errored === undefined ? {} : { errored: plan.errored }),
    ...(plan.complete === undefined ? {} : { complete: plan.complete }),
    resource_changes: plan.resource_changes.map(clean),
    resource_drift: plan.resource_drift.map(clean),
    deferred_changes: plan.deferred_changes.map(({ reason, resource_change: resource }) => ({
      reason: mask(reason),
      resource_change: clean(resource),
    })),
    output_changes: Object.fromEntries(
      Object.entries(plan.output_changes).map(([name, output]) => [mask(name), cleanOutput(output, mask)]),
    ),
  };
}

function cleanResource(resource: PlannedResource, mask: Mask): PlannedResource {
  const { address, previous_address: previous, action_reason: reason, change } = resource;
  if (mask === NO_SECRETS && !isMarked(change)) return resource;
  return {
    ...resource,
    address: mask(address),
    ...(previous === undefined ? {} : { previous_address: mask(previous) }),
    ...(reason === undefined ? {} : { action_reason: mask(reason) }),
    change: cleanChange(change, mask),
  };
}

function isMarked({ before_sensitive: before, after_sensitive: after }: PlannedChange): boolean {
  return hasMark(before) || hasMark(after);
}

function cleanChange(change: PlannedChange, mask: Mask): PlannedChange {
  const { importing, replace_paths: paths } = change;
  const before = cleanValues(change.before, change.before_sensitive, mask);
  const isSame = change.after === change.before;
  const after = isSame ? before : cleanValues(change.after, change.after_sensitive, mask);
  return {
    actions: change.actions,
    before: before.values,
    before_sensitive: before.marks,
    after: after.values,
    after_sensitive: after.marks,
    after_unknown: withCleanKeys(change.after_unknown, mask),
    ...(paths === undefined
      ? {}
      : {
          replace_paths: paths.map((path) =>
            path.map((step) => (typeof step === "string" ? mask(step) : step)),
          ),
        }),
    ...(importing === undefined || importing === null
      ? {}
      : { importing: importing.id === undefined ? {} : { id: mask(importing.id) } }),
  };
}

type ValueMarks = PlannedChange["before_sensitive"];

function cleanValues(
  values: Values | null | undefined,
  marks: ValueMarks,
  mask: Mask,
): { readonly values: Values | null | undefined; readonly marks: ValueMarks } {
  if (values === null || values === undefined)
    return { values, marks: typeof marks === "boolean" ? marks : undefined };
  const parts = cleanMap(values, marks, mask);
  return { values: parts.value, marks: parts.marks };
}

interface Clean {
  readonly value: unknown;
  readonly marks: Marks;
}

/**
 * What there is nothing to take out of is returned as it is, and not copied: that is nearly
 * everything.
 */
function clean(value: unknown, marks: Marks, mask: Mask): Clean {
  if (marks === true) return { value: null, marks };
  if (typeof value === "string" || typeof value === "number") {
    const text = String(value);
    return mask(text) === text ? { value, marks: undefined } : { value: null, marks: true };
  }
  if (typeof value !== "object" || value === null) return { value, marks: undefined };
  if (!Array.isArray(value)) return cleanMap(value, marks, mask);
  const parts = value.map((one: unknown, index) => clean(one, markAt(marks, index), mask));
  if (parts.every((part) => part.marks === undefined)) return { value, marks: undefined };
  return { value: parts.map((part) => part.value), marks: parts.map((part) => part.marks ?? false) };
}

function cleanMap<Given extends object>(
  value: Given,
  marks: Marks,
  mask: Mask,
): { readonly value: Given | Values; readonly marks: Values | undefined } {
  const marked: [name: string, marks: unknown][] = [];
  const changed = new Map<string, unknown>();
  for (const key in value) {
    if (!Object.hasOwn(value, key)) continue;
    const name = mask(key);
    // Whose name is a secret's is not to be told apart from another such.
    const part = clean(value[key], name === key ? markAt(marks, key) : true, mask);
    if (part.marks === undefined) continue;
    marked.push([name, part.marks]);
    changed.set(key, part.value);
  }
  if (marked.length === 0) return { value, marks: undefined };
  const entries = Object.entries(value).map(([key, one]): [string, unknown] =>
    changed.has(key) ? [mask(key), changed.get(key)] : [key, one],
  );
  // Unlike an assignment this makes `__proto__` a property like any other.
  return { value: Object.fromEntries(entries), marks: Object.fromEntries(marked) };
}

function withCleanKeys(marks: ValueMarks, mask: Mask): ValueMarks {
  if (typeof marks !== "object" || mask === NO_SECRETS) return marks;
  return Object.fromEntries(Object.entries(marks).map(([key, one]) => [mask(key), cleanKeysIn(one, mask)]));
}

function cleanKeysIn(marks: Marks, mask: Mask): Marks {
  if (Array.isArray(marks)) return marks.map((one: unknown) => cleanKeysIn(one, mask));
  if (typeof marks !== "object" || marks === null) return marks;
  return Object.fromEntries(Object.entries(marks).map(([key, one]) => [mask(key), cleanKeysIn(one, mask)]));
}

function cleanOutput(output: PlannedOutput, mask: Mask): PlannedOutput {
  const before = clean(output.before, output.before_sensitive, mask);
  const after = clean(output.after, output.after_sensitive, mask);
  return {
    actions: output.actions,
    before: before.value,
    before_sensitive: before.marks,
    after: after.value,
    after_sensitive: after.marks,
    after_unknown: cleanKeysIn(output.after_unknown, mask),
  };
}
