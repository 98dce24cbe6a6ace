import { parseAccess } from "../../lib/config/load";
import { grantingProjects } from "../../lib/config/model/grants";
import type { Access, Role } from "../../lib/config/model/model";
import type { Problem } from "../../lib/config/yaml/problem";

export const ids = {
  organization: "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11",
  alice: "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01",
  bob: "91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02",
  website: "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03",
  shop: "88c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f04",
} as const;

/** Pieces of a file; each test replaces the one it is about. Everything is on known lines. */
interface Pieces {
  readonly organization?: string;
  readonly accounts?: string;
  readonly people?: string;
  readonly groups?: string;
  readonly projects?: string;
}

const main = `main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state } }`;

/** Two accounts, written as flow maps on one line each. */
export const twoAccounts = `\n  ${main}\n  other: { id: "210987654321", region: cn-north-1, state: { bucket: acme-state-cn } }`;

/**
 * A whole file, line 1 organization, 2 accounts, 3 people, 4 groups (or nothing), 5 projects, when
 * each piece fits on one line.
 */
export function fileOf(pieces: Pieces = {}): string {
  const {
    organization = `{ id: ${ids.organization} }`,
    accounts = `{ ${main} }`,
    people = `{ alice: ${ids.alice}, bob: ${ids.bob} }`,
    groups,
    projects = "{}",
  } = pieces;
  return [
    `organization: ${organization}`,
    `accounts: ${accounts}`,
    `people: ${people}`,
    groups === undefined ? "" : `groups: ${groups}`,
    `projects: ${projects}`,
    "",
  ].join("\n");
}

/** A block map `projects` with one project `website` whose roles are the given lines. */
export function rolesOf(roles: Readonly<Record<string, string>>): string {
  const lines = Object.entries(roles).map(([key, role]) => `\n      ${key}: ${role}`);
  return `\n  website:\n    id: ${ids.website}\n    repository: github.com/acme/website\n    roles:${lines.join("")}`;
}

/** A file with one role `deploy` on line 10, whose map begins in column 15 with `{ `. */
export function fileWithRole(role: string, pieces: Pieces = {}): string {
  return fileOf({ ...pieces, projects: rolesOf({ deploy: role }) });
}

/**
 * A file with one role `deploy` on main.
 * @param list of its people, in YAML
 * @param groups of the file
 */
export function fileWithPeople(list: string, groups?: string): string {
  return fileWithRole(`{ people: ${list}, branches: [main] }`, groups === undefined ? {} : { groups });
}

/** A role on main for alice with more keys: `people` and `branches` come first. */
export function roleWith(more: string, pieces: Pieces = {}): string {
  return fileWithRole(`{ people: [alice], branches: [main], ${more} }`, pieces);
}

export function accepted(text: string): Access {
  const result = parseAccess(text);
  if ("problems" in result) throw new Error(`refused: ${JSON.stringify(result.problems, null, 1)}`);
  return result.access;
}

/** The one role of a file. It says whom it lets in. */
export function acceptedRole(text: string): Role {
  const role = grantingProjects(accepted(text))[0]?.roles[0];
  if (role === undefined) throw new Error("no role");
  return role;
}

export function problemsOf(text: string): readonly Problem[] {
  const result = parseAccess(text);
  return "problems" in result ? result.problems : [];
}

/**
 * `code found` of every problem, in order: what tests assert when the place is not their subject.
 */
export function refusals(text: string): readonly string[] {
  return problemsOf(text).map((problem) => `${problem.code} ${problem.found}`);
}

/** `line:column code found` of every problem, in order. */
export function located(text: string): readonly string[] {
  return problemsOf(text).map(
    (problem) => `${problem.line}:${problem.column} ${problem.code} ${problem.found}`,
  );
}

/** The text of the file at a problem. */
export function textAt(text: string, problem: Problem): string {
  return (text.split("\n")[problem.line - 1] ?? "").slice(problem.column - 1);
}
