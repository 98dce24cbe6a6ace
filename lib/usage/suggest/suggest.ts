import { hasGrant } from "../../config/model/grants";
import type { Access, AnyProject, AnyRole, Role } from "../../config/model/model";
import { editList } from "../../config/yaml/edit-list";
import { removeEntry } from "../../config/yaml/remove-entry";
import { readYaml } from "../../config/yaml/yaml-source";
import { someTexts } from "../../describe/list";
import { roleKey } from "../../describe/role";
import { ProjectError } from "../../errors";
import type { AwsData } from "../../iam/data/aws-data";
import { isUnused } from "../answer/never-used";
import type { RoleUse, Usage } from "../answer/usage";
import { peopleAfter, refsAfter } from "./narrow-lists";
import { type Narrowing, narrowStatements } from "./narrow-statements";

export interface Suggestion {
  /** The text of access.yaml; the same as before: nothing can be narrowed. */
  readonly text: string;
  /** What is narrower, a sentence for each role and kind. */
  readonly narrower: readonly string[];
  /** What was not narrowed, and why. */
  readonly kept: readonly string[];
}

export interface SuggestOptions {
  readonly aws: AwsData;
  /** Roles that were never used go, if nothing else goes with them. */
  readonly removeRoles?: boolean;
}

/**
 * The narrower access.yaml that the recorded uses need: people and refs of lists, and actions and
 * resources of statements, without a use go. The words `everyone` and `any`, presets, buckets and
 * managed policies stay. It is a proposal: `proveNarrower` decides whether it is narrower.
 * @throws ProjectError `usage-not-judged` if no role is judged; `yaml-layout` (exit 2)
 */
export function suggest(
  text: string,
  access: Access,
  usage: Usage,
  { aws, removeRoles = false }: SuggestOptions,
): Suggestion {
  const found: Narrowing = { text, narrower: [], kept: [] };
  const roles = access.projects.flatMap((project) => project.roles.map((role) => ({ project, role })));
  if (usage.roles.every(({ notJudged }) => notJudged.length > 0)) throw notJudgedError(usage.roles);
  for (const { project, role } of roles) {
    const use = usage.roles.find((one) => one.role === roleKey(project, role));
    if (use === undefined) continue;
    const why = whyKept(use, role);
    if (why !== undefined || !hasGrant(role)) found.kept.push(`${use.role}: ${why ?? "hand-written"}`);
    else if (isUnused(use)) removeUnused(found, project, role, use, removeRoles);
    else narrowRole(found, project, role, use, { access, usage, aws });
  }
  return found;
}

const KEPT_GROUP = {
  "own-period": "some of its people never used the role, and the group has a period of its own",
  "other-period":
    "some of its people never used the role, and another has a different period elsewhere in the list",
} as const;

function whyKept(use: RoleUse, role: Pick<Role, "trust">): string | undefined {
  const { notJudged, uses, never } = use;
  if (notJudged.length > 0) return `not judged: ${notJudged.join("; ")}`;
  if (never?.hasBegun === false) return "its access begins after the last record";
  if (uses.length === 0 && !isUnused(use)) return "only used without a token of its people; look at it first";
  return role.trust === undefined ? undefined : "its trust policy is a file";
}

/** A role that was never used goes if that was asked for, and nothing of value can go with it. */
function removeUnused(
  found: Narrowing,
  { key, roles }: AnyProject,
  role: AnyRole,
  use: RoleUse,
  isAsked: boolean,
): void {
  const byHand = whyByHand(role);
  const left = roles.filter((one) => !found.narrower.includes(removed(`${key}/${one.key}`)));
  if (byHand !== undefined) found.kept.push(`${use.role}: never used; ${byHand}`);
  else if (left.length === 1)
    found.kept.push(`${use.role}: never used, and the last role of the project: remove the project by hand`);
  else if (!isAsked) found.kept.push(`${use.role}: never used; --remove-roles takes the role out`);
  else {
    found.text = removeEntry(found.text, ["projects", key, "roles", role.key]);
    found.narrower.push(removed(use.role));
  }
}

function removed(role: string): string {
  return `${role}: removed, because it was never used`;
}

function whyByHand({ bucket, terraform, isProtected }: AnyRole): string | undefined {
  if (bucket !== undefined)
    return `its removal may delete the bucket ${bucket.name}: remove it by hand, and review the plan`;
  if (terraform !== undefined) return "it runs Terraform: remove it by hand, and review the plan";
  return isProtected ? "it is protected: remove it by hand" : undefined;
}

interface Context extends Pick<SuggestOptions, "aws"> {
  readonly access: Access;
  readonly usage: Usage;
}

function narrowRole(
  found: Narrowing,
  project: AnyProject,
  role: Role,
  use: RoleUse,
  { access, usage, aws }: Context,
): void {
  const at = ["projects", project.key, "roles", role.key] as const;
  const never = use.never ?? { people: [], refs: [], notBegun: [] };
  if (never.people.length > 0) {
    // Access that has not begun cannot have been used.
    const used = new Set([
      ...use.uses.flatMap(({ isKnown, person }) => (isKnown ? [person] : [])),
      ...never.notBegun,
    ]);
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
  if (usage.hasCalls) narrowStatements(found, [...at, "statements"], role, use, aws);
  else if (role.statements.length > 0)
    found.kept.push(`${use.role}: its statements: what was called was not asked for`);
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
