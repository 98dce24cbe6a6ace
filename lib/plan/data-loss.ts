import { isJsonObject } from "../iam/language/json";
import type { Action } from "./actions";
import { storeOf, WITHOUT_PROTECTION } from "./data-stores";
import type { PlannedResource } from "./plan-json";
import type { DataLoss } from "./resource-change";

type Values = Readonly<Record<string, unknown>>;

const ENDS: ReadonlySet<Action> = new Set(["destroy", "replace", "import-and-replace"]);

/**
 * What becomes of the data of a data store that a plan destroys, replaces, or protects less than
 * before. Undefined: the resource is no data store that this project knows, or its data stays as
 * protected as it was.
 */
export function dataLossOf({ type, change }: PlannedResource, action: Action): DataLoss | undefined {
  const store = storeOf(type);
  const { before, after, actions } = change;
  if (store === undefined || !isJsonObject(before)) return undefined;
  const named = { store: store.noun, name: nameIn(before, store.name) };
  if (ENDS.has(action)) {
    if (actions.includes("forget")) return undefined;
    const kept = store.keptBy(before);
    return {
      ...named,
      effect: action === "destroy" ? "destroyed" : "replaced",
      ...(kept === undefined ? {} : { kept }),
    };
  }
  if (!isJsonObject(after) || (action !== "update" && action !== "import-and-update")) return undefined;
  const lost = WITHOUT_PROTECTION.filter(
    ({ attribute, isOff }) => isOff(after[attribute]) && !isOff(before[attribute]),
  ).map(({ words }) => words);
  return lost.length === 0 ? undefined : { ...named, effect: "less-protected", lost };
}

/** The name that people give it, else its id. Empty: the plan does not say either. */
function nameIn(values: Values, attributes: readonly string[]): string {
  const tags = isJsonObject(values.tags) ? values.tags : {};
  const candidates = [...attributes.map((one) => (one === "tags.Name" ? tags.Name : values[one])), values.id];
  const found = candidates.find((one) => typeof one === "string" && one !== "");
  return typeof found === "string" ? found : "";
}
