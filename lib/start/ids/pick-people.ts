import { suggest } from "../../collections/suggest";
import { ProjectError } from "../../errors";
import type { Ids } from "./find-ids";

/**
 * The same IDs with only these people.
 * @param names logins, in any letter case, or user IDs
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
      message: `no user "${name}" started a workflow in the newest ${ids.pipelines} pipelines`,
      found: name,
      fix: near === undefined ? "search more pipelines: --pipelines 500" : `did you mean "${near}"?`,
      exitCode: 2,
    });
  });
  return { ...ids, people: ids.people.filter(({ id }) => wanted.includes(id)), unresolved: [] };
}
