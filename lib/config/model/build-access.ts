import { compareText, sortedEntries } from "../../collections/sort";
import { defaultTrustPolicyQuota } from "../rules/iam-role";
import { partitionOf } from "../rules/region";
import type { AccessFile, ProjectEntry } from "../schema/schema";
import { computedBoundaryArn } from "./boundary";
import { buildOrganizations, organizationFor } from "./build-organizations";
import { buildProjectPipeline } from "./build-pipeline";
import { type BuildContext, buildProjectBucket, buildRole } from "./build-role";
import { datedEntries, groupMembers, readMember } from "./dated-entries";
import { type TimedPerson, timed } from "./granted-people";
import type { Access, Account, AccountProvider, AnyProject, Boundary, Person } from "./model";
import { commonPeriod, periodOf } from "./period";
import { withTerraformScope } from "./terraform-scope";

/**
 * The Access of a valid file, with all names resolved and all defaults set.
 * @param documents texts of the policy files that it names, by path
 */
export function buildAccess(file: AccessFile, documents: ReadonlyMap<string, string>): Access {
  const accounts = sortedEntries(file.accounts).map(([key, account]): Account => {
    const place = { id: account.id, partition: partitionOf(account.region) };
    const boundary = boundaryOf(account.permissionsBoundary, place, appliesIn(key, file));
    return {
      ...place,
      key,
      region: account.region,
      stateBucket: account.state.bucket,
      ...encryptionOf(account.state.encryption),
      trustPolicyQuota: account.trustPolicyQuota ?? defaultTrustPolicyQuota,
      ...(boundary === undefined ? {} : { boundary }),
      provider: buildProvider(account.provider),
    };
  });
  const people = sortedEntries(file.people).map(([name, personId]): Person => ({ name, id: personId }));
  const members = new Map<string, readonly TimedPerson[]>(
    people.map((person) => [person.name, [{ person }]]),
  );
  for (const [name, group] of sortedEntries(file.groups ?? {})) members.set(name, peopleOf(group, members));
  const dated = datedEntries(file);
  const context: BuildContext = {
    organizations: buildOrganizations(file),
    accounts: new Map(accounts.map((account) => [account.key, account])),
    members,
    documents,
    sharedRepositories: sharedIn(file),
  };
  const projects = sortedEntries(file.projects).map(([key, project]) => buildProject(key, project, context));
  return withTerraformScope(
    {
      organizations: context.organizations,
      accounts,
      people,
      projects,
      ...(file.terraform?.awsProvider === undefined ? {} : { awsProvider: file.terraform.awsProvider }),
      ...(file.knownServices === undefined ? {} : { knownServices: file.knownServices }),
      ...(dated.length === 0 ? {} : { dated }),
    },
    (project, role) => file.projects[project]?.roles[role]?.terraform,
  );
}

/** Repositories of several projects, whose jobs must have different names. */
function sharedIn({ projects }: AccessFile): ReadonlySet<string> {
  const all = Object.values(projects).flatMap(({ repository }) => repository ?? []);
  return new Set(all.filter((one, index) => all.indexOf(one) !== index));
}

/** Whether the account has a role with `terraform: apply`. */
function appliesIn(account: string, { accounts, projects }: AccessFile): boolean {
  const isOnly = Object.keys(accounts).length === 1;
  return Object.values(projects).some(({ roles }) =>
    Object.values(roles).some(
      (role) =>
        role.terraform === "apply" && (role.account === account || (role.account === undefined && isOnly)),
    ),
  );
}

function boundaryOf(
  named: string | undefined,
  account: Pick<Account, "id" | "partition">,
  isApplied: boolean,
): Boundary | undefined {
  if (named !== undefined) return { arn: named, from: "named" };
  return isApplied ? { arn: computedBoundaryArn(account), from: "computed" } : undefined;
}

function encryptionOf(
  encryption: AccessFile["accounts"][string]["state"]["encryption"],
): Pick<Account, "stateEncryption"> {
  if (encryption === undefined) return {};
  const { keyProvider, kmsKey, migrate: migrates = false } = encryption;
  if (keyProvider === "pbkdf2") return { stateEncryption: { keyProvider, migrates } };
  if (kmsKey === undefined) throw new Error("checks let aws_kms without a key through");
  return { stateEncryption: { keyProvider, kmsKey, migrates } };
}

function buildProvider(provider: AccessFile["accounts"][string]["provider"] = {}): AccountProvider {
  return {
    audiences: [...(provider.audiences ?? [])].sort(compareText),
    awsTags: Object.fromEntries(sortedEntries(provider.awsTags ?? {})),
    defaultTags: provider.defaultTags ?? true,
    isProtected: provider.protect ?? false,
  };
}

function buildProject(key: string, project: ProjectEntry, context: BuildContext): AnyProject {
  const organization = organizationFor(project.organization, context.organizations);
  const period = periodOf(project);
  const resolved = {
    key,
    organization,
    ...(project.id === undefined ? {} : { id: project.id }),
    ...(project.repository === undefined ? {} : { repository: project.repository }),
    audience: project.audience ?? organization.audience,
    pipeline: buildProjectPipeline(
      project,
      project.repository !== undefined && context.sharedRepositories.has(project.repository)
        ? `${key}-`
        : undefined,
    ),
  };
  const roles = sortedEntries(project.roles).map(([roleKey, role]) =>
    buildRole(roleKey, role, { ...resolved, ...(period === undefined ? {} : { period }) }, context),
  );
  const buckets = sortedEntries(project.buckets ?? {}).map(([bucketKey, bucket]) =>
    buildProjectBucket(bucketKey, bucket, context),
  );
  return { ...resolved, roles, buckets };
}

function peopleOf(
  group: NonNullable<AccessFile["groups"]>[string],
  members: ReadonlyMap<string, readonly TimedPerson[]>,
): readonly TimedPerson[] {
  const whole = "people" in group ? periodOf(group) : undefined;
  return groupMembers(group).map((entry) => {
    const [name, options] = readMember(entry);
    const [found] = members.get(name) ?? [];
    if (found === undefined) throw new Error(`checks let an unknown person through: ${name}`);
    return timed(found.person, commonPeriod([periodOf(options), whole]));
  });
}
