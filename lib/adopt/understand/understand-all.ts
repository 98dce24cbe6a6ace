import { remembered } from "../../collections/remembered";
import type { Account } from "../../config/model/model";
import type { FoundRole } from "../inventory/inventory";
import { type Known, placeholder } from "./known";
import { type Understanding, understand } from "./understand";

/**
 * Understands the trust policies of all roles, equal policies once. The repository that one policy names for an unknown
 * project helps to find the nearest grant of another.
 * @returns by role name
 */
export function understandAll(
  roles: readonly FoundRole[],
  account: Account,
  known: Known,
): ReadonlyMap<string, Understanding> {
  const texts = new Map<string, Understanding>();
  const first = new Map(
    roles.map(({ name, trust }) => [name, remembered(texts, trust, () => understand(trust, account, known))]),
  );
  const learned = learn([...texts.values()], known);
  if (learned === known) return first;
  const again = new Map<string, Understanding>();
  return new Map(
    roles.map(({ name, trust }) => {
      const before = first.get(name);
      return [
        name,
        before?.kind === "exact"
          ? before
          : remembered(again, trust, () => understand(trust, account, learned)),
      ];
    }),
  );
}

function learn(all: readonly Understanding[], known: Known): Known {
  const projects = [...known.projects];
  for (const one of all) {
    if (one.kind !== "exact") continue;
    const { project: id, repository, audience } = one.grant;
    const at = projects.findIndex((project) => project.id === id);
    const before = projects[at];
    if (before === undefined) {
      projects.push({ key: placeholder("project", id, new Set()), id, repository, audience });
    } else if (before.repository === undefined) projects[at] = { ...before, repository };
  }
  return projects.length === known.projects.length && projects.every((one, at) => one === known.projects[at])
    ? known
    : { ...known, projects };
}
