import { oidc } from "../../command-name";
import { DEFAULT_TAG_KEYS } from "../../config/rules/aws-tags";
import { attributeChanges } from "../../plan/attributes";
import type { PlanJson, PlannedResource, Values } from "../../plan/plan-json";
import type { StackTransfers } from "../imports/transfers";
import type { AdoptionCheck, AdoptionProblem } from "./adoption-check";
import { adviceFor, adviceForCreation } from "./advice";

/**
 * Checks a stack's plan: imports must change nothing, forgotten objects must stay in AWS, and no
 * other resource of these objects may change.
 * @param transfers of the stack
 */
export function checkPlan(stack: string, plan: PlanJson, transfers: StackTransfers): AdoptionCheck {
  const { imports, forgotten } = transfers;
  const changes = plan.resource_changes.filter(({ mode }) => mode === "managed");
  const adopted = new Set(Object.values(imports));
  const imported: string[] = [];
  const inState: string[] = [];
  const gone: string[] = [];
  const problems: AdoptionProblem[] = [];
  for (const resource of changes) {
    const { address, change } = resource;
    const id = imports[address];
    const action = change.actions.join("+");
    if (forgotten.includes(address)) {
      if (action === "forget") gone.push(`${stack}/${address}`);
      else problems.push(problem(stack, address, action, "do not deploy: the object would not stay in AWS"));
      continue;
    }
    if (id === undefined) {
      if (action !== "no-op" && partsOf(resource).some((part) => adopted.has(part)))
        problems.push(problem(stack, address, action, adviceForCreation(resource.type)));
      continue;
    }
    const found = differences(stack, resource);
    problems.push(...found);
    if (found.length > 0) continue;
    if (change.importing === undefined || change.importing === null) inState.push(`${stack}/${address}`);
    else if (change.importing.id === id) imported.push(`${stack}/${address}`);
    else
      problems.push(problem(stack, address, "import", `imports.json has ${id}: run ${oidc("synth")} again`));
  }
  const planned = new Set(changes.map(({ address }) => address));
  for (const address of Object.keys(imports)) {
    if (!planned.has(address)) problems.push(problem(stack, address, "missing", "run adopt again"));
  }
  // An address that is no longer in the state is already forgotten.
  for (const address of forgotten) if (!planned.has(address)) gone.push(`${stack}/${address}`);
  return { imported, inState, forgotten: gone, problems: [...problems, ...drifts(stack, plan, imports)] };
}

/** The planned changes of a resource, except for this project's default tags. */
function differences(stack: string, { address, type, change }: PlannedResource): readonly AdoptionProblem[] {
  const action = change.actions.join("+");
  if (action === "no-op") return [];
  const all = attributeChanges(change);
  const isOnlyTags =
    action === "update" &&
    all.length > 0 &&
    all.every(({ path }) =>
      DEFAULT_TAG_KEYS.some((key) => path === `tags_all["${key}"]` || path === `tags_all.${key}`),
    );
  if (isOnlyTags) return [];
  if (all.length === 0) return [problem(stack, address, action, "do not deploy before the cause is known")];
  const { before } = change;
  return all.map(({ path }): AdoptionProblem => {
    const [old, now] = [valueAt(before, path), valueAt(change.after, path)];
    return {
      stack,
      address,
      action,
      attribute: path,
      fix: adviceFor(type, path, old),
      ...(old === undefined ? {} : { before: JSON.stringify(old) }),
      ...(now === undefined ? {} : { after: JSON.stringify(now) }),
    };
  });
}

/** Drift of imported resources. */
function drifts(
  stack: string,
  plan: PlanJson,
  imports: StackTransfers["imports"],
): readonly AdoptionProblem[] {
  return plan.resource_drift
    .filter(({ address, change }) => imports[address] !== undefined && change.actions.join() !== "no-op")
    .flatMap(({ address, type, change }) =>
      attributeChanges(change, { isEmptyNothing: true }).map(({ path }) => ({
        stack,
        address,
        action: "drift",
        attribute: path,
        fix: adviceFor(type, path, valueAt(change.after, path)),
      })),
    );
}

/** Names of the role, bucket or provider that a resource belongs to. */
function partsOf({ change }: PlannedResource): readonly string[] {
  const values = [change.before, change.after].flatMap((one) =>
    one === null || one === undefined ? [] : [one],
  );
  return values.flatMap((one: Values) =>
    ["name", "role", "role_name", "bucket", "arn"].flatMap((key) => {
      const value = one[key];
      return typeof value === "string" ? [value] : [];
    }),
  );
}

function valueAt(values: Values | null | undefined, path: string): unknown {
  const [top = ""] = path.split(/[.[]/);
  return values?.[top];
}

function problem(stack: string, address: string, action: string, fix: string): AdoptionProblem {
  return { stack, address, action, attribute: "", fix };
}
