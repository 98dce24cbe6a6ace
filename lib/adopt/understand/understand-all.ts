import { remembered } from "../../collections/remembered";
import type { Account } from "../../config/model/model";
import type { FoundRole } from "../inventory/inventory";
import { type Known, placeholder } from "./known";
import { type Understanding, understand } from "./understand";

type Understandings = ReadonlyMap<string, Understanding>;

/**
 * Understands the trust policies of all roles, equal policies once. The repository that one policy
 * names for an unknown project helps to find the nearest grant of another.
 * @param known of each organization
 * @param isAdmin whether a role is an administrator, or can become one
 * @returns by role name
 */
export function understandAll(
  roles: readonly FoundRole[],
  account: Account,
  known: readonly Known[],
  isAdmin: (role: FoundRole) => boolean,
): Understandings {
  const texts = new Map<string, Understanding>();
  const first = eachOf(roles, account, known, isAdmin, texts);
  const learned = known.map((one) => learn([...texts.values()], one));
  if (learned.every((one, at) => one === known[at])) return first;
  const open = roles.filter(({ name }) => first.get(name)?.kind !== "exact");
  return new Map([...first, ...eachOf(open, account, learned, isAdmin, new Map())]);
}

function eachOf(
  roles: readonly FoundRole[],
  account: Account,
  known: readonly Known[],
  isAdmin: (role: FoundRole) => boolean,
  texts: Map<string, Understanding>,
): Understandings {
  const ofAdmins = new Map<string, Understanding>();
  return new Map(
    roles.map((role): [string, Understanding] => {
      const { name, trust } = role;
      const plain = remembered(texts, trust, () => understand(trust, account, known));
      // Only of a role that every project may assume does it matter what it may do.
      const isOpen =
        plain.kind === "hand-written" && plain.findings.some(({ id }) => id === "project-wildcard");
      if (!isOpen || !isAdmin(role)) return [name, plain];
      return [name, remembered(ofAdmins, trust, () => understand(trust, account, known, { isAdmin: true }))];
    }),
  );
}

function learn(all: readonly Understanding[], known: Known): Known {
  const projects = [...known.projects];
  for (const one of all) {
    if (one.kind !== "exact" || one.grant.organization !== known.organization) continue;
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
