import type { CircleCI } from "../../circleci/api/circleci";
import type { Pipeline, Project } from "../../circleci/api/schema";
import type { ProjectSlug } from "../../circleci/api/slug";
import { repositoryRule } from "../../config/rules/repository";
import { readRepository } from "../../project/repository-address";
import { type FoundPerson, findPeople } from "./find-people";

/** What CircleCI knows of a project and those who work on it. */
export interface Ids {
  readonly organization: { readonly id: string; readonly name: string; readonly slug: string };
  readonly project: {
    readonly id: string;
    readonly name: string;
    readonly slug: string;
    /**
     * As tokens and access.yaml write it, host/owner/name; undefined: CircleCI does not say, or it
     * could not stand in access.yaml.
     */
    readonly repository: string | undefined;
  };
  /** The token's user, then the others, the latest first. */
  readonly people: readonly FoundPerson[];
  /** Logins that triggered pipelines, and whose ids no workflow shows. */
  readonly unresolved: readonly string[];
  /** So many of the newest pipelines were looked at. */
  readonly pipelines: number;
}

/**
 * The ids of a project, its organization and its people.
 * @param mostPipelines how far to look back for people, 0 or more
 * @throws ProjectError those of `circleFailures`
 */
export async function findIds(circleci: CircleCI, slug: ProjectSlug, mostPipelines: number): Promise<Ids> {
  const me = await circleci.me();
  const project = await circleci.project(slug);
  const pipelines = mostPipelines === 0 ? [] : await circleci.recentPipelines(slug, mostPipelines);
  return {
    organization: {
      id: project.organization_id,
      name: project.organization_name,
      slug: project.organization_slug,
    },
    project: {
      id: project.id,
      name: project.name,
      slug: project.slug,
      repository: repositoryOf(project, pipelines),
    },
    ...(await findPeople(circleci, me, pipelines)),
    pipelines: pipelines.length,
  };
}

/** A project of CircleCI's GitHub App has no repository of its own: its pipelines tell. */
function repositoryOf({ vcs_info }: Project, pipelines: readonly Pipeline[]): string | undefined {
  const addresses = [vcs_info?.vcs_url, ...pipelines.map(({ vcs }) => vcs?.target_repository_url)];
  for (const address of addresses) {
    const found = address === undefined ? undefined : readRepository(address);
    if (found === undefined) continue;
    const text = `${found.site}/${found.path}`;
    if (repositoryRule(text) === undefined) return text;
  }
  return undefined;
}
