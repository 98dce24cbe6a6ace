import { hasMark, isFolder, type Marks } from "./marks";
import type { PlanJson } from "./plan-json";

/** Gets every text and number of a value that is sensitive. */
type Add = (leaf: string) => void;

/**
 * Every text that a plan says is sensitive, each once: what is marked in resources, outputs, drift, deferred changes, the state before and after, and the
 * values of variables and module arguments whose declaration says so. Numbers as JSON writes them; booleans and map keys are none.
 */
export function secretsIn(plan: PlanJson): ReadonlySet<string> {
  const found = new Set<string>();
  const add: Add = (leaf) => found.add(leaf);
  const deferred = plan.deferred_changes.map((one) => one.resource_change);
  for (const resources of [plan.resource_changes, plan.resource_drift, deferred])
    for (const { change } of resources) {
      ofMarked(change.before, change.before_sensitive, add);
      ofMarked(change.after, change.after_sensitive, add);
    }
  for (const output of Object.values(plan.output_changes)) {
    ofMarked(output.before, output.before_sensitive, add);
    ofMarked(output.after, output.after_sensitive, add);
  }
  const before = at(plan.prior_state, "values");
  for (const values of [before, plan.planned_values]) {
    ofOutputs(at(values, "outputs"), add);
    ofModule(at(values, "root_module"), add);
  }
  const invocations = [plan.action_invocations, plan.deferred_action_invocations].flatMap(elements);
  for (const one of invocations.flatMap((entry) => [entry, at(entry, "action_invocation")]))
    ofMarked(at(one, "config_values"), at(one, "config_sensitive"), add);
  ofVariables(at(plan.configuration, "root_module"), plan.variables, add);
  return found;
}

function ofMarked(value: unknown, marks: Marks, add: Add): void {
  if (marks === true) leaves(value, add);
  if (marks === true || !isFolder(value) || !isFolder(marks)) return;
  // Marks are few, and what is not marked is not looked at.
  for (const key of Object.keys(marks)) {
    const mark = marks[key];
    if (hasMark(mark) && Object.hasOwn(value, key)) ofMarked(value[key], mark, add);
  }
}

function leaves(value: unknown, add: Add): void {
  if (typeof value === "string") add(value);
  else if (typeof value === "number") add(String(value));
  else if (typeof value === "object" && value !== null)
    for (const one of Object.values(value)) leaves(one, add);
}

/** `values` of a state, or planned values: resources of a module and of those in it. */
function ofModule(module: unknown, add: Add): void {
  for (const resource of elements(at(module, "resources")))
    ofMarked(at(resource, "values"), at(resource, "sensitive_values"), add);
  for (const child of elements(at(module, "child_modules"))) ofModule(child, add);
}

function ofOutputs(outputs: unknown, add: Add): void {
  for (const output of elements(outputs))
    if (at(output, "sensitive") === true) leaves(at(output, "value"), add);
}

/** @param given values of this module's variables, as `variables` of the plan has them or as the arguments of a module call */
function ofVariables(module: unknown, given: unknown, add: Add): void {
  const variables = at(module, "variables");
  for (const [name, declared] of entries(variables)) {
    if (at(declared, "sensitive") !== true) continue;
    leaves(at(declared, "default"), add);
    leaves(at(at(given, name), "value"), add);
    leaves(at(at(given, name), "constant_value"), add);
  }
  for (const call of elements(at(module, "module_calls")))
    ofVariables(at(call, "module"), at(call, "expressions"), add);
}

function at(value: unknown, key: string): unknown {
  return isFolder(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function entries(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : isFolder(value) ? Object.values(value) : [];
}
