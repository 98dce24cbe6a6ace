import { hasMark, isFolder, type Marks } from "./marks";

/** Gets every text and number of a value that is sensitive. */
type Add = (leaf: string) => void;

/**
 * Every text that a plan or a state marks as sensitive, each once: marked values in resources,
 * outputs, drift, deferred changes and states, and the values of variables and module arguments
 * that are declared as sensitive. Numbers as JSON writes them, without booleans and map keys.
 * @param shown the parsed output of `terraform show -json`, of a plan or of a state
 */
export function secretsIn(shown: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const add: Add = (leaf) => found.add(leaf);
  const deferred = elements(at(shown, "deferred_changes")).map((one) => at(one, "resource_change"));
  const resources = [at(shown, "resource_changes"), at(shown, "resource_drift")].flatMap(elements);
  for (const resource of [...resources, ...deferred]) ofChange(at(resource, "change"), add);
  for (const output of elements(at(shown, "output_changes"))) ofChange(output, add);
  for (const values of [
    at(at(shown, "prior_state"), "values"),
    at(shown, "planned_values"),
    at(shown, "values"),
  ]) {
    ofOutputs(at(values, "outputs"), add);
    ofModule(at(values, "root_module"), add);
  }
  const invocations = [at(shown, "action_invocations"), at(shown, "deferred_action_invocations")];
  for (const one of invocations.flatMap(elements).flatMap((entry) => [entry, at(entry, "action_invocation")]))
    ofMarked(at(one, "config_values"), at(one, "config_sensitive"), add);
  ofVariables(at(at(shown, "configuration"), "root_module"), at(shown, "variables"), add);
  ofWriteOnly(at(at(shown, "configuration"), "root_module"), add);
  return found;
}

function ofChange(change: unknown, add: Add): void {
  ofMarked(at(change, "before"), at(change, "before_sensitive"), add);
  ofMarked(at(change, "after"), at(change, "after_sensitive"), add);
}

function ofMarked(value: unknown, marks: Marks, add: Add): void {
  if (marks === true) leaves(value, add);
  if (marks === true || !isFolder(value) || !isFolder(marks)) return;
  // Marks are few, and what is not marked is not looked at.
  for (const key in marks) {
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

/**
 * @param given values of this module's variables, as `variables` of the plan has them or as the
 * arguments of a module call
 */
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

/**
 * Constants that a configuration gives to write-only arguments, which a plan has nowhere else. By
 * convention their names end in `_wo`.
 */
function ofWriteOnly(module: unknown, add: Add): void {
  for (const resource of elements(at(module, "resources"))) {
    const expressions = at(resource, "expressions");
    if (!isFolder(expressions)) continue;
    for (const name in expressions)
      if (name.endsWith("_wo")) leaves(at(expressions[name], "constant_value"), add);
  }
  for (const call of elements(at(module, "module_calls"))) ofWriteOnly(at(call, "module"), add);
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
