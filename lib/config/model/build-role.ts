import { compareText, sortedEntries } from "../../collections/sort";
import { issuerOf } from "../../token/issuer";
import { defaultKeepVersionsDays } from "../rules/bucket";
import { defaultSession } from "../schema/role-schema";
import type { ProjectEntry, RoleEntry } from "../schema/schema";
import { buildDeploys } from "./build-deploys";
import { buildRolePipeline } from "./build-pipeline";
import { buildStatement } from "./build-statement";
import { grantedPeople, type TimedPerson } from "./granted-people";
import type {
  Account,
  AnyProject,
  AnyRole,
  Bucket,
  Grant,
  GrantedRefs,
  Organization,
  ProjectBucket,
  RefPattern,
  RoleBody,
  RoleDocument,
} from "./model";
import { commonPeriod, type Period, periodOf } from "./period";
import { readPattern } from "./ref-pattern";

/** What roles refer to. */
export interface BuildContext {
  readonly organizations: readonly Organization[];
  readonly accounts: ReadonlyMap<string, Account>;
  /** People by their names and by the names of their groups. */
  readonly members: ReadonlyMap<string, readonly TimedPerson[]>;
  /** Texts of the policy files that roles name, by path. */
  readonly documents: ReadonlyMap<string, string>;
  /** Repositories that several projects of the file have. */
  readonly sharedRepositories: ReadonlySet<string>;
}

type ResolvedProject = Omit<AnyProject, "roles" | "buckets"> & {
  /** When its roles grant anything. Undefined: always. */
  readonly period?: Period;
};

/** One role with all names resolved and all defaults set; `withTerraformScope` adds `terraform`. */
export function buildRole(
  key: string,
  role: RoleEntry,
  project: ResolvedProject,
  context: BuildContext,
): AnyRole {
  const body = buildBody(key, role, project, context);
  const grant = buildGrant(role, project, context);
  const trust = role.trust === undefined ? undefined : documentAt(role.trust, context);
  if (grant !== undefined) return { ...body, grant, ...(trust === undefined ? {} : { trust }) };
  if (trust === undefined) throw new Error("checks let a role without people through");
  return { ...body, trust };
}

/** Undefined: the role is hand-written. */
function buildGrant(role: RoleEntry, project: ResolvedProject, context: BuildContext): Grant | undefined {
  const { people } = role;
  if (people === undefined) return undefined;
  if (project.id === undefined || project.repository === undefined) {
    throw new Error("checks let a project without id or repository through");
  }
  return {
    ...issuerOf(project.organization),
    audience: project.audience,
    project: project.id,
    repository: project.repository,
    people: grantedPeople(people, commonPeriod([periodOf(role), project.period]), context.members),
    refs: grantedRefs(role),
  };
}

function buildBody(key: string, role: RoleEntry, project: ResolvedProject, context: BuildContext): RoleBody {
  const account = accountFor(role.account, context);
  const shared = role.terraform === undefined ? account.boundary?.arn : undefined;
  const permissionsBoundary = role.permissionsBoundary ?? shared;
  return {
    key,
    account,
    name: role.name ?? `${project.key}-${key}`,
    path: role.path ?? "/",
    description: role.description ?? `CircleCI ${project.key}/${key}, managed by cdktf-circleci-oidc`,
    sessionSeconds: role.session ?? defaultSession,
    ...(role.bucket === undefined ? {} : { bucket: buildBucket(role.bucket) }),
    ...(role.deploys === undefined ? {} : { deploys: buildDeploys(role.deploys, account) }),
    policies: [...(role.policies ?? [])].sort(compareText),
    statements: (role.statements ?? []).map(buildStatement),
    inlinePolicies: sortedEntries(role.inlinePolicies ?? {}).map(([name, file]) => ({
      name,
      ...documentAt(file, context),
    })),
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
    awsTags: Object.fromEntries(sortedEntries(role.awsTags ?? {})),
    defaultTags: role.defaultTags ?? true,
    isProtected: role.protect ?? false,
    pipeline: buildRolePipeline(role.pipeline, `${project.pipeline.jobPrefix ?? ""}${key}`),
  };
}

function documentAt(file: string, { documents }: BuildContext): RoleDocument {
  const text = documents.get(file);
  if (text === undefined) throw new Error(`checks let a file through that was not read: ${file}`);
  return { file, text };
}

/** One bucket of a project. */
export function buildProjectBucket(
  key: string,
  bucket: NonNullable<ProjectEntry["buckets"]>[string],
  context: BuildContext,
): ProjectBucket {
  return {
    ...buildBucket(bucket),
    key,
    account: accountFor(bucket.account, context),
    awsTags: Object.fromEntries(sortedEntries(bucket.awsTags ?? {})),
    defaultTags: bucket.defaultTags ?? true,
    keep: [...(bucket.keep ?? [])].sort(compareText),
  };
}

function accountFor(key: string | undefined, { accounts }: BuildContext): Account {
  const account =
    key === undefined && accounts.size === 1 ? [...accounts.values()][0] : accounts.get(key ?? "");
  if (account === undefined) throw new Error(`checks let an unknown account through: ${key ?? "none"}`);
  return account;
}

function grantedRefs(role: RoleEntry): GrantedRefs {
  if (role.branches === "any") return { kind: "any", tokensWithoutOrigin: role.tokensWithoutOrigin ?? false };
  const branches = refPatterns(role.branches ?? []);
  const tags = refPatterns(role.tags ?? []);
  if (branches.length + tags.length === 0) throw new Error("checks let a role without refs through");
  return { kind: "listed", branches, tags };
}

function refPatterns(refs: readonly string[]): readonly RefPattern[] {
  return [...refs].sort(compareText).map(readPattern);
}

function buildBucket(bucket: NonNullable<RoleEntry["bucket"]>): Bucket {
  const entry = typeof bucket === "string" ? { name: bucket } : bucket;
  return {
    name: entry.name,
    ...(entry.kmsKey === undefined ? {} : { kmsKey: entry.kmsKey }),
    keepVersionsDays: entry.keepVersionsDays ?? defaultKeepVersionsDays,
    ...(entry.expireDays === undefined ? {} : { expireDays: entry.expireDays }),
    forceDestroy: entry.forceDestroy ?? false,
    keep: [],
  };
}
