import { isJsonObject } from "../iam/language/json";
import { ACTIONS, type PlannedChange, type PlannedResource } from "./plan-schema";

const MODES: ReadonlySet<unknown> = new Set(["managed", "data", "ephemeral"]);

/**
 * A resource of a plan, as the schema reads it. There are tens of thousands, and a schema takes
 * several times as long for each. Undefined: something is not as usual, and the schema decides.
 */
export function quickResource(value: unknown): PlannedResource | undefined {
  if (!isJsonObject(value)) return undefined;
  const { address, previous_address, mode, type, provider_name, deposed, action_reason } = value;
  const change = quickChange(value.change);
  if (
    change === undefined ||
    typeof address !== "string" ||
    typeof type !== "string" ||
    !isMode(mode) ||
    !isTextOrAbsent(previous_address) ||
    !isTextOrAbsent(provider_name) ||
    !isTextOrAbsent(deposed) ||
    !isTextOrAbsent(action_reason)
  )
    return undefined;
  // All of one form, whether a field is there or not: such objects are quicker to make and to read.
  return { address, previous_address, mode, type, provider_name, deposed, action_reason, change };
}

function quickChange(value: unknown): PlannedChange | undefined {
  if (!isJsonObject(value)) return undefined;
  const { before, after, after_unknown, before_sensitive, after_sensitive } = value;
  // Few resources are imported or replaced.
  if (value.importing !== undefined || value.replace_paths !== undefined) return undefined;
  if (
    !areActions(value.actions) ||
    !isValues(before) ||
    !isValues(after) ||
    !isMarks(after_unknown) ||
    !isMarks(before_sensitive) ||
    !isMarks(after_sensitive)
  )
    return undefined;
  return {
    actions: value.actions,
    before,
    after,
    after_unknown,
    before_sensitive,
    after_sensitive,
    before_identity: value.before_identity,
    after_identity: value.after_identity,
  };
}

function isMode(value: unknown): value is PlannedResource["mode"] {
  return MODES.has(value);
}

function isTextOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || typeof value === "string";
}

function areActions(value: unknown): value is PlannedChange["actions"] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => ACTIONS.has(one));
}

function isValues(value: unknown): value is PlannedChange["before"] {
  return value === undefined || value === null || isJsonObject(value);
}

function isMarks(value: unknown): value is PlannedChange["after_unknown"] {
  return value === undefined || typeof value === "boolean" || isJsonObject(value);
}
