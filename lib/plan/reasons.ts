import { joinPhrases, type Phrase, quoted } from "../describe/phrase";
import type { PlannedResource } from "./plan-json";

/**
 * By Terraform's `action_reason` (`internal/command/jsonplan`, `ResourceInstance…` constants; the
 * last three are OpenTofu's).
 */
const BY_ACTION_REASON: ReadonlyMap<string, string> = new Map([
  ["replace_because_cannot_update", "it cannot be updated in place"],
  ["replace_because_tainted", "it is tainted: an earlier apply did not complete"],
  ["replace_by_request", "requested with -replace"],
  ["replace_by_triggers", "a reference in its replace_triggered_by changes"],
  ["delete_because_no_resource_config", "it is no longer in the configuration"],
  ["delete_because_no_module", "its module is no longer in the configuration"],
  ["delete_because_each_key", "its key is no longer in for_each"],
  ["delete_because_count_index", "its index is beyond count"],
  ["delete_because_wrong_repetition", "count or for_each was added or removed"],
  ["delete_because_no_move_target", "it was moved to an address that is not in the configuration"],
  ["read_because_config_unknown", "its configuration is known only after apply"],
  ["read_because_dependency_pending", "a dependency changes"],
  ["read_because_check_nested", "a check reads it again in every run"],
  ["delete_because_enabled_false", "it is disabled by enabled"],
  ["forgot_because_lifecycle_destroy_in_state", "its lifecycle says destroy = false (in the state)"],
  ["forgot_because_lifecycle_destroy_in_config", "its lifecycle says destroy = false"],
]);

/** By `reason` of `deferred_changes` (`internal/command/jsonplan`, `DeferredReason…` constants). */
const BY_DEFERRED_REASON: ReadonlyMap<string, string> = new Map([
  ["unknown", "Terraform gives no reason"],
  ["instance_count_unknown", "its count or for_each is known only after apply"],
  ["resource_config_unknown", "its configuration is known only after apply"],
  ["provider_config_unknown", "its provider's configuration is known only after apply"],
  ["deferred_prereq", "a dependency is deferred"],
  ["absent_prereq", "a dependency does not exist yet"],
]);

/**
 * The order of a replacement: what happens between the end of the old object and the start of the
 * new one.
 */
const BY_ORDER: ReadonlyMap<string, string> = new Map([
  ["delete,create", "the old one is destroyed before the new one is created"],
  ["create,delete", "the new one is created before the old one is destroyed"],
  ["create,forget", "the old one remains in AWS, and Terraform forgets it"],
  ["forget,create", "the old one remains in AWS, and Terraform forgets it"],
]);

/**
 * Why Terraform does something, and how a replacement goes. A reason that is not known is shown as
 * it is. Undefined: there is nothing to say.
 */
export function reasonOf({ action_reason: reason, change }: PlannedResource): Phrase | undefined {
  const order = BY_ORDER.get(change.actions.join(","));
  const parts: readonly Phrase[] = [
    ...(reason === undefined ? [] : [known(BY_ACTION_REASON, reason)]),
    ...(order === undefined ? [] : [[order]]),
    ...(change.importing?.unknown === true ? [["its import ID is known only after apply"]] : []),
  ];
  return parts.length === 0 ? undefined : joinPhrases(parts, "; ");
}

/** Why a change is deferred to a later plan. */
export function deferredReasonOf(reason: string): Phrase {
  return known(BY_DEFERRED_REASON, reason);
}

function known(words: ReadonlyMap<string, string>, reason: string): Phrase {
  return [words.get(reason) ?? quoted(reason)];
}
