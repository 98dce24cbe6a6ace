import { suggest } from "../../collections/suggest";
import { ProjectError } from "../../errors";
import type { Ids } from "./find-ids";

/**
 * The same ids with these people alone.
 * @param names logins, in any case, or user ids
 * @throws ProjectError `unknown-person` (exit 2)
 */
export function pickPeople(ids: Ids, names: readonly string[]): Ids {
  const wanted = names.map((name) => {
    const found = ids.people.find(
      ({ id, login }) => id === name || login.toLowerCase() === name.toLowerCase(),
    );
    if (found !== undefined) return found.id;
    const near = suggest(
      name,
      ids.people.map(({ login }) => login),
    );
    throw new ProjectError({
      code: "unknown-person",
      message: `nobody with the login "${name}" started anything in the newest ${ids.pipelines} pipelines`,
      found: name,
      fix: near === undefined ? "look further back: --pipelines 500" : `did you mean "${near}"?`,
      exitCode: 2,
    });
  });
  return { ...ids, people: ids.people.filter(({ id }) => wanted.includes(id)), unresolved: [] };
}
