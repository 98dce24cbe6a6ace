import type { Access, AnyRole } from "../../config/model/model";
import { type ActionList, knownActions } from "../../iam/data/actions";
import type { AwsData } from "../../iam/data/aws-data";
import { rolePermissions } from "../../iam/write/role-permissions";
import { actionMatcher } from "../../iam/write/unknown-actions";
import { serviceOf } from "../actions/event-actions";
import { recordedBy } from "../actions/recorded";
import type { RoleCall } from "./calls";
import type { RecordedKinds } from "./coverage";

/** Actions that a role's policies allow by one pattern. */
export interface PatternUse {
  /** As a policy writes it: `ecr:*`, `s3:GetObject`. */
  readonly pattern: string;
  /** Sorted; not empty. */
  readonly actions: readonly string[];
  /** How many actions the pattern matches. */
  readonly of: number;
}

/** The actions of a role without a recorded call. */
export interface UnusedActions {
  /** Actions that CloudTrail would have recorded: they were not called. */
  readonly unused: readonly PatternUse[];
  /** Actions that trails do not record by default, or that no call has a record of: not known. */
  readonly notRecorded: readonly PatternUse[];
  /** What cannot be judged: patterns and policies, each with the reason. */
  readonly unknown: readonly string[];
}

/** What calls show of actions. */
export interface UsedActions {
  /** Such as `s3:ListBucket`, as the Service Authorization Reference writes them. */
  readonly used: ReadonlySet<string>;
  /** Prefixes of services with calls whose actions are not known: nothing of them is unused. */
  readonly unclear: ReadonlySet<string>;
}

/** What a role's calls need; those that AWS denied need nothing. */
export function usedActions(calls: readonly RoleCall[]): UsedActions {
  const allowed = calls.filter(({ denied }) => !denied);
  return {
    used: new Set(allowed.flatMap(({ actions }) => actions ?? [])),
    unclear: new Set(
      allowed.flatMap(({ actions, source }) => (actions === undefined ? [serviceOf(source)] : [])),
    ),
  };
}

/**
 * The actions that a role's policies allow, as every synth writes them, without those that were
 * called.
 */
export function unusedActions(
  role: AnyRole,
  calls: readonly RoleCall[],
  kinds: RecordedKinds,
  access: Access,
  aws: AwsData,
  list: ActionList = knownActions(),
): UnusedActions {
  const shown = { ...usedActions(calls), isRecorded: recordedBy(kinds, aws) };
  const found = { unused: new Map<string, PatternUse>(), notRecorded: new Map<string, PatternUse>() };
  const unknown = new Set<string>();
  for (const source of rolePermissions(role, access, aws).identity) {
    if (source.kind === "opaque") {
      unknown.add(`${source.name}: its contents are not known`);
      continue;
    }
    for (const { effect, actions } of source.policy.statements) {
      if (effect !== "Allow") continue;
      const patterns = actions.values.map(({ text }) => text);
      if (actions.negated) unknown.add(`NotAction ${patterns.join(", ")}: all other actions`);
      else for (const pattern of patterns) addPattern(pattern, shown, list, found, unknown);
    }
  }
  return {
    unused: [...found.unused.values()],
    notRecorded: [...found.notRecorded.values()],
    unknown: [...unknown],
  };
}

function addPattern(
  pattern: string,
  { used, unclear, isRecorded }: UsedActions & { readonly isRecorded: (action: string) => boolean },
  list: ActionList,
  found: Readonly<Record<"unused" | "notRecorded", Map<string, PatternUse>>>,
  unknown: Set<string>,
): void {
  const [prefix = "", name] = pattern.split(":");
  const service = prefix.toLowerCase();
  const names = name === undefined || /[*?]/.test(service) ? undefined : list.namesOf(service);
  const covered = (names ?? []).filter(actionMatcher(name ?? "")).map((one) => `${service}:${one}`);
  if (unclear.has(service))
    unknown.add(`${pattern}: there are calls of ${service} whose action is not known`);
  else if (covered.length === 0)
    unknown.add(`${pattern}: ${service === "*" ? "every service" : "no action that this version knows"}`);
  else {
    const without = covered.filter((one) => !used.has(one)).sort();
    const kinds = {
      unused: without.filter(isRecorded),
      notRecorded: without.filter((one) => !isRecorded(one)),
    };
    for (const kind of ["unused", "notRecorded"] as const)
      if (kinds[kind].length > 0)
        found[kind].set(pattern, { pattern, actions: kinds[kind], of: covered.length });
  }
}
