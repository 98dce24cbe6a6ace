import type { CircleCI } from "../../circleci/api/circleci";
import type { Pipeline, Project } from "../../circleci/api/schema";
import type { ProjectSlug } from "../../circleci/api/slug";
import { repositoryRule } from "../../config/rules/repository";
import { readRepository } from "../../project/repository-address";
import { type FoundPerson, findPeople } from "./find-people";

/** The IDs of a project, of its organization and of the people who use it. */
export interface Ids {
  readonly organization: { readonly id: string; readonly name: string; readonly slug: string };
  readonly project: {
    readonly id: string;
    readonly name: string;
    readonly slug: string;
    /**
     * As tokens and access.yaml write it, host/owner/name; undefined: CircleCI does not say, or
     * access.yaml does not allow it.
     */
    readonly repository: string | undefined;
  };
  /** The owner of the API token, then the others, the latest first. */
  readonly people: readonly FoundPerson[];
  /** Logins that triggered pipelines and whose ID no workflow names. */
  readonly unresolved: readonly string[];
  /** How many of the newest pipelines were searched. */
  readonly pipelines: number;
}

/**
 * Finds the IDs of a project, of its organization and of the people who use it.
 * @param mostPipelines how many of the newest pipelines to search for people, 0 or more
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

/** A project of CircleCI's GitHub App names no repository; its pipelines do. */
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
