import { buildRole, type Surroundings } from "./build-role";
import type { Access, Account, Person, Project, ProjectPipeline } from "./model";
import { defaultImage, defaultPublish } from "./pipeline-schema";
import { defaultTrustPolicyQuota } from "./rules/iam-role";
import { partitionOf } from "./rules/region";
import type { AccessFile, ProjectEntry } from "./schema";
import { sortedEntries } from "./sort";

/** The file's content, checked before, with all names resolved and all defaults filled in. */
export function buildAccess(file: AccessFile): Access {
  const { id, audience = id } = file.organization;
  const accounts = sortedEntries(file.accounts).map(
    ([key, account]): Account => ({
      key,
      id: account.id,
      region: account.region,
      partition: partitionOf(account.region),
      stateBucket: account.state.bucket,
      trustPolicyQuota: account.trustPolicyQuota ?? defaultTrustPolicyQuota,
    }),
  );
  const people = sortedEntries(file.people).map(([name, personId]): Person => ({ name, id: personId }));
  const members = new Map<string, readonly Person[]>(people.map((person) => [person.name, [person]]));
  for (const [group, names] of sortedEntries(file.groups ?? {})) {
    members.set(
      group,
      names.map((name) => personOf(name, members)),
    );
  }
  const surroundings: Surroundings = {
    organization: { id, audience },
    accounts: new Map(accounts.map((account) => [account.key, account])),
    members,
  };
  const projects = sortedEntries(file.projects).map(([key, project]) =>
    buildProject(key, project, surroundings),
  );
  return { organization: surroundings.organization, accounts, people, projects };
}

function buildProject(key: string, project: ProjectEntry, surroundings: Surroundings): Project {
  const resolved = {
    key,
    id: project.id,
    repository: project.repository,
    audience: project.audience ?? surroundings.organization.audience,
    pipeline: buildPipeline(project.pipeline),
  };
  const roles = sortedEntries(project.roles).map(([roleKey, role]) =>
    buildRole(roleKey, role, resolved, surroundings),
  );
  return { ...resolved, roles };
}

function buildPipeline(pipeline: ProjectEntry["pipeline"] = {}): ProjectPipeline {
  const { image, resourceClass, build, publish, contexts } = pipeline;
  return {
    image: image ?? defaultImage,
    ...(resourceClass === undefined ? {} : { resourceClass }),
    build: build ?? [],
    publish: publish ?? defaultPublish,
    contexts: contexts ?? [],
  };
}

function personOf(name: string, members: ReadonlyMap<string, readonly Person[]>): Person {
  const [person] = members.get(name) ?? [];
  if (person === undefined) throw new Error(`checks let an unknown person through: ${name}`);
  return person;
}
