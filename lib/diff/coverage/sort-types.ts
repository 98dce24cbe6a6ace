import { remembered } from "../../collections/remembered";
import { compareText } from "../../collections/sort";
import { BY_ARGUMENTS } from "./by-arguments";
import { type Comparison, EXAMINED } from "./examined";
import { GRANTS, type Grant, type GrantPaths, grantPathsOf } from "./grant-attributes";
import { NO_ACCESS } from "./no-access";
import { NOT_EXAMINED } from "./not-examined";
import type { SchemaBlock } from "./provider-schema";
import { isRoleArgument, recipientAttributes } from "./role-arguments";

/** The table as it is kept in resource-types.json. */
export interface TypeTable {
  /** Types by the comparison that looks at them; a type may have several. */
  readonly examined: Readonly<Record<string, readonly string[]>>;
  /** Types that do not affect access, by reason. */
  readonly noAccess: Readonly<Record<string, readonly string[]>>;
  /** Types by what they can do to access. */
  readonly notExamined: Readonly<Record<string, readonly string[]>>;
  /** Of some types, the only arguments that can change access beside those that are compared. */
  readonly byArguments: Readonly<Record<string, readonly string[]>>;
  /**
   * Arguments that can grant access, as the rules see it: by kind and type, with blanks between
   * them.
   */
  readonly arguments: Readonly<Record<Grant, Readonly<Record<string, string>>>>;
}

/** Why the rules decide that a type without such arguments does not affect access. */
export const NOTHING_FOUND = "no argument takes a policy, role, principal, account, share or credential";

/** Why a type with such an argument is not examined, if no reason is written by hand. */
const BY_GRANT: Readonly<Record<Grant, string>> = {
  policy: "holds a policy or another document",
  role: "takes a role or an instance profile",
  principal: "names principals, users or groups",
  account: "names accounts or organizations",
  sharing: "has settings for sharing or public access",
  authentication: "has authentication settings",
};

/** Services whose types are about access: no rule calls one of them harmless. */
const BY_HAND_ONLY =
  /^aws_(iam|organizations|ram|ssoadmin|identitystore|cognito|lakeformation|cloudformation|servicecatalog|rolesanywhere|verifiedpermissions|account|controltower)_/;

/**
 * Sorts every resource type of the AWS provider. The lists written by hand (examined.ts,
 * no-access.ts, not-examined.ts) take precedence over the rules. A type that takes a role is
 * examined by what it runs as; its other arguments are listed. A type with another argument that
 * can grant access is not examined. A type without one does not affect access, unless its service
 * is about access.
 */
export function sortTypes(blocks: ReadonlyMap<string, SchemaBlock>): TypeTable {
  const examined = new Set(Object.values(EXAMINED).flat());
  const noAccess = reasonsByType(NO_ACCESS);
  const notExamined = reasonsByType(NOT_EXAMINED);
  const found = new Map([...blocks].map(([type, block]) => [type, grantPathsOf(block)]));
  const none = new Map<string, string[]>();
  const left = new Map<string, string[]>();
  const runsAs: string[] = [];
  for (const type of [...blocks.keys()].sort(compareText)) {
    if (examined.has(type)) continue;
    const grants = found.get(type) ?? new Map<Grant, readonly string[]>();
    const first = GRANTS.find((grant) => grants.has(grant));
    const why = notExamined.get(type);
    const harmless = noAccess.get(type);
    if (why !== undefined) add(left, why, type);
    else if (harmless !== undefined) add(none, harmless, type);
    else if (takesRole(type, grants)) runsAs.push(type);
    else if (first !== undefined) add(left, BY_GRANT[first], type);
    else if (BY_HAND_ONLY.test(type)) add(left, "belongs to a service that manages access", type);
    else add(none, NOTHING_FOUND, type);
  }
  return {
    examined: inOrder(
      new Map(
        Object.entries(EXAMINED).map(([name, types]) => [
          name,
          name === RUNS_AS ? [...types, ...runsAs] : types,
        ]),
      ),
    ),
    noAccess: inOrder(none),
    notExamined: inOrder(left),
    byArguments: inOrder(
      new Map([
        ...runsAs.flatMap((type) => {
          const besides = besidesRoles(type, found.get(type) ?? new Map());
          return besides.length === 0 ? [] : [[type, besides] as const];
        }),
        ...Object.entries(BY_ARGUMENTS).map(([type, paths]) => {
          const besides = runsAs.includes(type) ? besidesRoles(type, found.get(type) ?? new Map()) : [];
          return [type, [...new Set([...paths, ...besides])]] as const;
        }),
      ]),
    ),
    arguments: {
      policy: pathsOf("policy", found),
      role: pathsOf("role", found),
      principal: pathsOf("principal", found),
      account: pathsOf("account", found),
      sharing: pathsOf("sharing", found),
      authentication: pathsOf("authentication", found),
    },
  };
}

/** The comparison that covers every role that a resource takes, of any type. */
const RUNS_AS: Comparison = "runs-as";

function takesRole(type: string, grants: GrantPaths): boolean {
  return grants.get("role")?.some((path) => isRoleArgument(type, path)) === true;
}

/**
 * Groups of tasks, nodes, messages, logs and the like, and documents that say what runs, not as
 * which role: in types that take roles they name no principals.
 */
const NOT_PRINCIPALS =
  /(^|\.)((node_|deployment_|feature_|launch_|metric_)?groups?(_name)?|(\w+_)?group_id|container_definitions|external_table_definition)$/;

/** Arguments that can grant access, and that are not compared as its roles are, or with them. */
function besidesRoles(type: string, grants: GrantPaths): readonly string[] {
  const others = GRANTS.flatMap((grant) => grants.get(grant) ?? []).filter(
    (path) =>
      !isRoleArgument(type, path) && !NOT_PRINCIPALS.test(path) && !recipientAttributes(type).includes(path),
  );
  return shortened([...new Set(others)]);
}

/** All types that are written by hand, to check that each is listed once and exists. */
export function typesSortedByHand(): readonly string[] {
  const examined = new Set<string>(
    Object.values<readonly string[]>(EXAMINED satisfies Record<Comparison, unknown>).flat(),
  );
  return [...examined, ...Object.values(NO_ACCESS).flat(), ...Object.values(NOT_EXAMINED).flat()];
}

function reasonsByType(groups: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(groups).flatMap(([reason, types]) => types.map((type) => [type, reason] as const)),
  );
}

function add(groups: Map<string, string[]>, reason: string, type: string): void {
  remembered<string, string[]>(groups, reason, () => []).push(type);
}

function inOrder(
  groups: ReadonlyMap<string, readonly string[]>,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    [...groups]
      .toSorted(([one], [other]) => compareText(one, other))
      .map(([key, values]) => [key, values.toSorted(compareText)]),
  );
}

/** More paths than this are listed by their blocks. */
const MOST_PATHS = 20;

function shortened(paths: readonly string[]): readonly string[] {
  if (paths.length <= MOST_PATHS) return paths;
  return [...new Set(paths.map((one) => one.split(".", 1).join()))];
}

function pathsOf(
  grant: Grant,
  found: ReadonlyMap<string, ReadonlyMap<Grant, readonly string[]>>,
): Readonly<Record<string, string>> {
  const byType = [...found].flatMap(([type, grants]) => {
    const shown = shortened(grants.get(grant) ?? []);
    return shown.length === 0 ? [] : [[type, shown.join(" ")] as const];
  });
  return Object.fromEntries(byType.toSorted(([one], [other]) => compareText(one, other)));
}
