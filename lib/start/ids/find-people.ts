import type { CircleCI } from "../../circleci/api/circleci";
import type { Pipeline, User } from "../../circleci/api/schema";
import { inParallel } from "../../process/in-parallel";
import { readRepository } from "../../project/repository-address";

/**
 * Whose code a person's pipelines ran. `project`: the project's own, which only those can run who
 * may push. `fork`: never other than that of forks, whose pull requests anybody can send.
 * `unknown`: CircleCI does not say.
 */
export type Source = "project" | "fork" | "unknown";

/** Somebody who started something, with the id that their tokens name. */
export interface FoundPerson {
  readonly id: string;
  /** On the host of the code. */
  readonly login: string;
  /** As the person chose to be called; undefined: they did not. */
  readonly name: string | undefined;
  /** The token is this person's. */
  readonly isYou: boolean;
  readonly source: Source;
}

export interface People {
  readonly people: readonly FoundPerson[];
  readonly unresolved: readonly string[];
}

/** CircleCI throttles "sudden large bursts of traffic". */
const AT_ONCE = 3;
/**
 * A pipeline that could not begin has no workflow, and one that was run again by others has theirs
 * first.
 */
const TRIES = 3;

/**
 * A pipeline names who triggered it by login alone; the ids are those of `started_by` of its
 * workflows, and whose they are says `user/{id}`: a workflow that was run again is somebody else's
 * than the pipeline's.
 * @param pipelines newest first
 */
export async function findPeople(
  circleci: CircleCI,
  me: User,
  pipelines: readonly Pipeline[],
): Promise<People> {
  const users = new Map<string, Promise<User | undefined>>([[me.id, Promise.resolve(me)]]);
  const userOf = (id: string): Promise<User | undefined> => {
    const asked = users.get(id) ?? circleci.user(id);
    users.set(id, asked);
    return asked;
  };
  const groups = byActor(pipelines);
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

/** "" stands for those of whom CircleCI names no actor: each may be another's. */
function byActor(pipelines: readonly Pipeline[]): ReadonlyMap<string, readonly Pipeline[]> {
  const groups = new Map<string, Pipeline[]>();
  for (const pipeline of pipelines) {
    const login = pipeline.trigger.actor?.login ?? "";
    const group = groups.get(login) ?? [];
    group.push(pipeline);
    groups.set(login, group);
  }
  return groups;
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

/** One pipeline of the project's own code is enough; what is not known may be a fork's. */
function better(one: Source | undefined, other: Source): Source {
  if (one === "project" || other === "project") return "project";
  return one === "unknown" || other === "unknown" ? "unknown" : "fork";
}
