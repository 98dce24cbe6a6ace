import type {
  Account,
  Bucket,
  Grant,
  GrantedPeople,
  GrantedRefs,
  IdentityStatement,
  Organization,
  Person,
  Project,
  RefPattern,
  Role,
} from "./model";
import { defaultKeepVersionsDays, defaultSession } from "./role-schema";
import type { RoleEntry } from "./schema";
import { compareText, sortedEntries } from "./sort";

/** What every role may refer to. */
export interface Surroundings {
  readonly organization: Organization;
  readonly accounts: ReadonlyMap<string, Account>;
  /** People by their own name and, several, by their groups' names. */
  readonly members: ReadonlyMap<string, readonly Person[]>;
}

type StatementEntry = NonNullable<RoleEntry["statements"]>[number];

/** One role with all names resolved and all defaults filled in, but for what `withTerraformRights` adds. */
export function buildRole(
  key: string,
  role: RoleEntry,
  project: Omit<Project, "roles">,
  surroundings: Surroundings,
): Role {
  const grant: Grant = {
    organization: surroundings.organization.id,
    audience: project.audience,
    project: project.id,
    repository: project.repository,
    people: grantedPeople(role.people, surroundings),
    refs: grantedRefs(role),
  };
  const account = accountFor(role.account, surroundings);
  const shared = role.terraform === undefined ? account.boundary?.arn : undefined;
  const permissionsBoundary = role.permissionsBoundary ?? shared;
  return {
    key,
    account,
    name: role.name ?? `${project.key}-${key}`,
    path: role.path ?? "/",
    description: role.description ?? `CircleCI ${project.key}/${key}, managed by cdktf-circleci-oidc`,
    sessionSeconds: role.session ?? defaultSession,
    grant,
    ...(role.bucket === undefined ? {} : { bucket: buildBucket(role.bucket) }),
    policies: [...(role.policies ?? [])].sort(compareText),
    statements: (role.statements ?? []).map(buildStatement),
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
    awsTags: Object.fromEntries(sortedEntries(role.awsTags ?? {})),
    pipeline: {
      run: role.pipeline?.run ?? [],
      contexts: role.pipeline?.contexts ?? [],
      ...(role.pipeline?.after === undefined ? {} : { after: role.pipeline.after }),
    },
  };
}

function accountFor(key: string | undefined, { accounts }: Surroundings): Account {
  const account =
    key === undefined && accounts.size === 1 ? [...accounts.values()][0] : accounts.get(key ?? "");
  if (account === undefined) throw new Error(`checks let an unknown account through: ${key ?? "none"}`);
  return account;
}

function grantedPeople(people: RoleEntry["people"], { members }: Surroundings): GrantedPeople {
  if (people === "everyone") return { kind: "everyone" };
  const byName = new Map<string, Person>();
  for (const name of people) {
    const persons = members.get(name);
    if (persons === undefined) throw new Error(`checks let an unknown person through: ${name}`);
    for (const person of persons) byName.set(person.name, person);
  }
  return {
    kind: "listed",
    members: [...byName.values()].sort((left, right) => compareText(left.name, right.name)),
  };
}

function grantedRefs(role: RoleEntry): GrantedRefs {
  if (role.branches === "any") return { kind: "any" };
  const branches = refPatterns(role.branches ?? []);
  const tags = refPatterns(role.tags ?? []);
  if (branches.length + tags.length === 0) throw new Error("checks let a role without refs through");
  return { kind: "listed", branches, tags };
}

function refPatterns(refs: readonly string[]): readonly RefPattern[] {
  return [...refs]
    .sort(compareText)
    .map((ref) =>
      ref.endsWith("*") ? { kind: "prefix", prefix: ref.slice(0, -1) } : { kind: "exact", name: ref },
    );
}

function buildBucket(bucket: NonNullable<RoleEntry["bucket"]>): Bucket {
  const entry = typeof bucket === "string" ? { name: bucket } : bucket;
  return {
    name: entry.name,
    ...(entry.kmsKey === undefined ? {} : { kmsKey: entry.kmsKey }),
    keepVersionsDays: entry.keepVersionsDays ?? defaultKeepVersionsDays,
    forceDestroy: entry.forceDestroy ?? false,
  };
}

/** Statements stay in the file's order, which people chose; inside a statement the order of keys is always the same. */
function buildStatement(entry: StatementEntry): IdentityStatement {
  const { Sid, Effect, Action, NotAction, Resource, NotResource, Condition } = entry;
  return {
    ...(Sid === undefined ? {} : { Sid }),
    Effect,
    ...(Action === undefined ? {} : { Action }),
    ...(NotAction === undefined ? {} : { NotAction }),
    ...(Resource === undefined ? {} : { Resource }),
    ...(NotResource === undefined ? {} : { NotResource }),
    ...(Condition === undefined ? {} : { Condition: sortedCondition(Condition) }),
  };
}

function sortedCondition(
  condition: NonNullable<StatementEntry["Condition"]>,
): NonNullable<IdentityStatement["Condition"]> {
  return Object.fromEntries(
    sortedEntries(condition).map(([operator, keys]) => [operator, Object.fromEntries(sortedEntries(keys))]),
  );
}
