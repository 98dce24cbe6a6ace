import { hasGrant } from "../../config/model/grants";
import type { Access, AnyProject, Role } from "../../config/model/model";
import { editList } from "../../config/yaml/edit-list";
import { removeEntry } from "../../config/yaml/remove-entry";
import { readYaml } from "../../config/yaml/yaml-source";
import { someTexts } from "../../describe/list";
import { roleKey } from "../../describe/role";
import { ProjectError } from "../../errors";
import { serviceOf } from "../actions/event-actions";
import type { RoleUse, Usage } from "../answer/answer";
import { narrowAction, type UsedActions } from "./narrow-actions";
import { peopleAfter, refsAfter } from "./narrow-lists";

export interface Suggestion {
  /** The text of access.yaml; the same as before: nothing can be narrowed. */
  readonly text: string;
  /** What is narrower, a sentence for each role and kind. */
  readonly narrower: readonly string[];
  /** What was not narrowed, and why. */
  readonly kept: readonly string[];
}

/**
 * The narrower access.yaml that the recorded uses need: people and refs of lists, and actions of
 * statements, without a use go. The words `everyone` and `any`, presets, buckets and managed policies
 * stay. It is a proposal: `proveNarrower` decides whether it is narrower.
 * @throws ProjectError `usage-not-judged` if no role is judged; `yaml-layout` (exit 2)
 */
export function suggest(text: string, access: Access, usage: Usage): Suggestion {
  const found: { text: string; narrower: string[]; kept: string[] } = { text, narrower: [], kept: [] };
  const roles = access.projects.flatMap((project) => project.roles.map((role) => ({ project, role })));
  if (usage.roles.every(({ notJudged }) => notJudged.length > 0)) throw notJudgedError(usage.roles);
  for (const { project, role } of roles) {
    const use = usage.roles.find((one) => one.role === roleKey(project, role));
    if (use === undefined) continue;
    const why = whyKept(use, role);
    if (why !== undefined || !hasGrant(role)) found.kept.push(`${use.role}: ${why ?? "hand-written"}`);
    else narrowRole(found, project, role, use, access);
  }
  return found;
}

const KEPT_GROUP = {
  "own-period": "some of its people never used the role, and the group has a period of its own",
  "other-period":
    "some of its people never used the role, and another has a different period elsewhere in the list",
} as const;

function whyKept({ notJudged, uses }: RoleUse, role: Pick<Role, "trust">): string | undefined {
  if (notJudged.length > 0) return `not judged: ${notJudged.join("; ")}`;
  if (role.trust !== undefined) return "its trust policy is a file";
  return uses.length === 0 ? "never used; remove the role if it is not needed" : undefined;
}

function narrowRole(
  found: { text: string; narrower: string[]; kept: string[] },
  project: AnyProject,
  role: Role,
  use: RoleUse,
  access: Access,
): void {
  const at = ["projects", project.key, "roles", role.key] as const;
  const never = use.never ?? { people: [], refs: [] };
  if (never.people.length > 0) {
    const used = new Set(use.uses.map(({ person }) => person));
    const path = [...at, "people"] as const;
    const { entries, kept } = peopleAfter(readYaml(found.text).root, path, used, access);
    found.text = editList(found.text, path, (item, index) => entries[index] ?? [item]);
    for (const { name, why } of kept) found.kept.push(`${use.role}: ${name}: ${KEPT_GROUP[why]}`);
    const stay = new Set(kept.flatMap(({ unused }) => unused));
    const gone = never.people.filter((name) => !stay.has(name));
    if (gone.length > 0) found.narrower.push(`${use.role}: without ${someTexts(gone, "and")}`);
  }
  for (const kind of ["branches", "tags"] as const) {
    const gone = never.refs.filter((ref) => ref.startsWith("tag ") === (kind === "tags"));
    if (gone.length === 0) continue;
    const left = refsAfter(role, kind, gone);
    found.text =
      left.length === 0
        ? removeEntry(found.text, [...at, kind])
        : editList(found.text, [...at, kind], (item) => (left.includes(String(item)) ? [item] : []));
    found.narrower.push(`${use.role}: not from ${someTexts(gone, "and")}`);
  }
  narrowStatements(found, [...at, "statements"], role, use);
}

function narrowStatements(
  found: { text: string; narrower: string[]; kept: string[] },
  path: readonly [string, ...string[]],
  { statements, policies, inlinePolicies }: Role,
  { role, calls }: RoleUse,
): void {
  const used = usedActions(calls);
  const gone: string[] = [];
  const unrecorded: string[] = [];
  const emptied: number[] = [];
  for (const [index, { Effect: effect, Action: action }] of statements.entries()) {
    if (effect !== "Allow" || action === undefined) continue;
    const patterns = [action].flat();
    const after = new Map(patterns.map((pattern) => [pattern, narrowAction(pattern, used)] as const));
    unrecorded.push(...[...after.values()].flatMap(({ notRecorded }) => notRecorded));
    const changed = patterns.filter((pattern) => after.get(pattern)?.actions.join() !== pattern);
    if (changed.length === 0) continue;
    gone.push(...changed);
    if ([...after.values()].every(({ actions }) => actions.length === 0)) emptied.push(index);
    else
      found.text = editList(found.text, [...path, index, "Action"], (item) => [
        ...(after.get(String(item))?.actions ?? [item]),
      ]);
  }
  if (emptied.length === statements.length && emptied.length > 0) found.text = removeEntry(found.text, path);
  else if (emptied.length > 0)
    found.text = editList(found.text, path, (item, index) => (emptied.includes(index) ? [] : [item]));
  if (gone.length > 0) found.narrower.push(`${role}: ${someTexts(gone, "and")} narrowed to what was called`);
  if (unrecorded.length > 0)
    found.kept.push(`${role}: ${someTexts([...new Set(unrecorded)], "and")}: CloudTrail may not record it`);
  const whole = [...policies, ...inlinePolicies.map(({ file }) => file)];
  if (whole.length > 0) found.kept.push(`${role}: ${someTexts(whole, "and")}: only statements are narrowed`);
}

/** What a role's calls need; those that AWS denied need nothing. */
export function usedActions(calls: RoleUse["calls"]): UsedActions {
  const allowed = calls.filter(({ denied }) => !denied);
  return {
    used: new Set(allowed.flatMap(({ actions }) => actions ?? [])),
    unclear: new Set(
      allowed.flatMap(({ actions, source }) => (actions === undefined ? [serviceOf(source)] : [])),
    ),
  };
}

function notJudgedError(roles: readonly RoleUse[]): ProjectError {
  const reasons = [...new Set(roles.flatMap(({ notJudged }) => notJudged))];
  return new ProjectError({
    code: "usage-not-judged",
    message: `the records do not show what was never used: ${reasons.join("; ")}`,
    found: reasons.join("; "),
    fix: "read the logs of every account with its region and us-east-1, and mend or leave out files that are not read",
  });
}
