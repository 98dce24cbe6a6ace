import { ProjectError } from "../../errors";
import { readRepository } from "../../project/repository-address";

/**
 * A project as CircleCI's API names it: `gh/acme/website` (`bb/…`), or
 * `circleci/<organization>/<project>`, whose parts are ids of one form or another.
 * https://circleci.com/docs/guides/toolkit/api-developers-guide/#getting-started-with-the-api
 */
export interface ProjectSlug {
  /** `github` and `bitbucket` in their short form. */
  readonly provider: "gh" | "bb" | "circleci";
  readonly organization: string;
  readonly project: string;
}

const PROVIDERS: Readonly<Record<string, ProjectSlug["provider"]>> = {
  gh: "gh",
  github: "gh",
  bb: "bb",
  bitbucket: "bb",
  circleci: "circleci",
};

const PROVIDERS_BY_SITE: ReadonlyMap<string, string> = new Map([
  ["github.com", "gh"],
  ["bitbucket.org", "bb"],
]);

const FIX = "write it as gh/acme/website, bb/acme/website or circleci/<organization>/<project>";
const WHERE = "it is in CircleCI → Project Settings → Overview";

/** @throws ProjectError `circleci-slug` (exit 2) */
export function readSlug(text: string): ProjectSlug {
  const [provider = "", organization = "", project = "", ...more] = text.split("/");
  const known = Object.hasOwn(PROVIDERS, provider) ? PROVIDERS[provider] : undefined;
  if (known !== undefined && isPart(organization) && isPart(project) && more.length === 0)
    return { provider: known, organization, project };
  throw new ProjectError({
    code: "circleci-slug",
    message: `"${text}" is no project of CircleCI`,
    found: text,
    fix: `${FIX}: ${WHERE}`,
    exitCode: 2,
  });
}

/**
 * The project of a repository that CircleCI names by its host; a project of CircleCI's GitHub App
 * has another name, which no repository tells.
 * @param remote as `git remote` has it; undefined: there is none
 * @throws ProjectError `circleci-slug-unknown` (exit 2)
 */
export function slugOfRemote(remote: string | undefined): ProjectSlug {
  const found = remote === undefined ? undefined : readRepository(remote);
  const provider = PROVIDERS_BY_SITE.get(found?.site ?? "");
  if (found !== undefined && provider !== undefined && found.path.split("/").length === 2)
    return readSlug(`${provider}/${found.path}`);
  throw new ProjectError({
    code: "circleci-slug-unknown",
    message:
      found === undefined
        ? "the project is unknown: no git remote of this folder names a repository"
        : `CircleCI has a name of its own for projects of ${found.site}/${found.path}`,
    found: found === undefined ? "" : `${found.site}/${found.path}`,
    fix: `pass --project circleci/<organization>/<project>: ${WHERE}`,
    exitCode: 2,
  });
}

export function printSlug({ provider, organization, project }: ProjectSlug): string {
  return `${provider}/${organization}/${project}`;
}

/** Nothing in it that would make the address another one. */
function isPart(text: string): boolean {
  return /^[\w.~-]+$/.test(text) && !/^\.+$/.test(text);
}
