import type { CircleCI } from "../../circleci/api/circleci";
import type { Pipeline, User } from "../../circleci/api/schema";
import { groupBy } from "../../collections/group-by";
import { remembered } from "../../collections/remembered";
import { inParallel } from "../../process/in-parallel";
import { readRepository } from "../../project/repository-address";

/**
 * Whose code a person's pipelines ran. `project`: the project's own, which requires push access.
 * `fork`: only that of forks, whose pull requests anyone can open. `unknown`: CircleCI does not
 * say.
 */
type Source = "project" | "fork" | "unknown";

/** A person who started a workflow, with the ID that their OIDC tokens name. */
export interface FoundPerson {
  readonly id: string;
  /** The login on the host of the repository. */
  readonly login: string;
  /** The display name; undefined: none. */
  readonly name: string | undefined;
  /** Whether this person owns the API token. */
  readonly isYou: boolean;
  readonly source: Source;
}

interface People {
  readonly people: readonly FoundPerson[];
  readonly unresolved: readonly string[];
}

/** Requests at once: CircleCI throttles "sudden large bursts of traffic". */
const AT_ONCE = 3;
/**
 * Pipelines searched for one login: a pipeline that failed to start has no workflow, and the first
 * workflow of a rerun belongs to the person who reran it.
 */
const TRIES = 3;

/**
 * A pipeline names its actor by login only. The ID is `started_by` of its workflows, and
 * `user/{id}` returns the login of each, because a workflow that was rerun may belong to another
 * person.
 * @param pipelines newest first
 */
export async function findPeople(
  circleci: CircleCI,
  me: User,
  pipelines: readonly Pipeline[],
): Promise<People> {
  const users = new Map<string, Promise<User | undefined>>([[me.id, Promise.resolve(me)]]);
  const userOf = (id: string) => remembered(users, id, () => circleci.user(id));
  // The group `""` has the pipelines without an actor, whose people may differ.
  const groups = groupBy(pipelines, ({ trigger }) => trigger.actor?.login ?? "");
  const seen = await inParallel([...groups], AT_ONCE, ([login, own]) =>
    startersOf(circleci, login, own, userOf),
  );
  const sources = new Map<string, Source>();
  const found = new Map<string, User>([[me.id, me]]);
  for (const { user, source } of seen.flat()) {
    found.set(user.id, user);
    sources.set(user.id, better(sources.get(user.id), source));
  }
  const logins = new Set([...found.values()].map(({ login }) => login));
  return {
    people: [...found.values()].map(({ id, login, name }) => ({
      id,
      login,
      name: name || undefined,
      isYou: id === me.id,
      source: sources.get(id) ?? "unknown",
    })),
    unresolved: [...groups.keys()].filter((login) => login !== "" && !logins.has(login)),
  };
}

interface Seen {
  readonly user: User;
  readonly source: Source;
}

async function startersOf(
  circleci: CircleCI,
  login: string,
  pipelines: readonly Pipeline[],
  userOf: (id: string) => Promise<User | undefined>,
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  const all = pipelines.map(sourceOf).reduce<Source | undefined>(better, undefined) ?? "unknown";
  for (const pipeline of login === "" ? pipelines : pipelines.slice(0, TRIES)) {
    const starters = new Set((await circleci.workflowsOf(pipeline.id)).map((one) => one.started_by));
    for (const id of starters) {
      const user = await userOf(id);
      if (user === undefined) continue;
      seen.push({ user, source: user.login === login ? all : sourceOf(pipeline) });
    }
    if (login !== "" && seen.some(({ user }) => user.login === login)) break;
  }
  return seen;
}

function sourceOf({ vcs }: Pipeline): Source {
  const origin = readRepository(vcs?.origin_repository_url ?? "");
  const target = readRepository(vcs?.target_repository_url ?? "");
  if (origin === undefined || target === undefined) return "unknown";
  const isSame = origin.site === target.site && origin.path.toLowerCase() === target.path.toLowerCase();
  return isSame ? "project" : "fork";
}

/** One pipeline with the project's own code is enough; an unknown one may be a fork's. */
function better(one: Source | undefined, other: Source): Source {
  if (one === "project" || other === "project") return "project";
  return one === "unknown" || other === "unknown" ? "unknown" : "fork";
}
