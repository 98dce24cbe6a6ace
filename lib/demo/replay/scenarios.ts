import type { Access, Person, Project, RefPattern } from "../../access/model";
import { compareText } from "../../access/sort";

/** Somebody starts a pipeline of a project, from somewhere. */
export interface Scenario {
  /** Such as `alice pushes to main`. */
  readonly title: string;
  /** Whose generated config runs. */
  readonly project: Project;
  /** Whose job it is, as the token says: another than `project` in one of them. */
  readonly projectId: string;
  readonly person: Person;
  readonly origin: string;
  readonly ref: { readonly kind: "branch" | "tag"; readonly name: string };
  readonly pullRequest?: number;
}

/** A file may name hundreds; the demo shows the first, and says how many it leaves out. */
export const MOST_PROJECTS = 3;
export const MOST_PEOPLE = 4;

const FEATURE = "feature/try-it";
const STRANGER: Person = { name: "a stranger", id: "5712a46e-0000-4000-8000-0000005712a4" };
const ELSEWHERE = { key: "another project", id: "0e15e3e7-0000-4000-8000-00000e15e3e7" };

/** What is worth seeing of a file: everybody where work is published, one on a branch, a fork, and a job of another project. */
export function scenariosOf(access: Access): readonly Scenario[] {
  return access.projects.slice(0, MOST_PROJECTS).flatMap((project) => ofProject(project, access));
}

function ofProject(project: Project, { people, projects }: Access): readonly Scenario[] {
  const base = { project, projectId: project.id, origin: project.repository };
  const ref = publishedFrom(project);
  const shown = people.slice(0, MOST_PEOPLE);
  const outsider = shown.find((person) => !mayAll(project, person)) ?? shown.at(-1) ?? STRANGER;
  const insider = shown.find((person) => mayAll(project, person)) ?? shown[0] ?? STRANGER;
  const other = projects.find(({ key }) => key !== project.key) ?? ELSEWHERE;
  const several = projects.length > 1 ? ` of ${project.key}` : "";
  return [
    ...shown.map((person) => ({
      ...base,
      person,
      ref,
      title: `${person.name} pushes to ${ref.name}${several}`,
    })),
    {
      ...{ ...base, person: outsider, ref: { kind: "branch" as const, name: FEATURE } },
      title: `${outsider.name} pushes to ${FEATURE}${several}`,
    },
    {
      ...{ ...base, person: STRANGER, ref, origin: forkOf(project.repository), pullRequest: 1 },
      title: `${STRANGER.name} opens a pull request from a fork${several}`,
    },
    {
      ...{ ...base, person: insider, ref, projectId: other.id },
      title: `${insider.name} runs these jobs in ${other.key}`,
    },
  ];
}

function mayAll({ roles }: Project, { id }: Person): boolean {
  return roles.every(
    ({ grant: { people } }) =>
      people.kind === "everyone" || people.members.some((member) => member.id === id),
  );
}

/** The ref that most depends on: the first that a role asks for. */
function publishedFrom({ roles }: Project): Scenario["ref"] {
  const listed = roles.flatMap(({ grant: { refs } }) => (refs.kind === "listed" ? [refs] : []));
  const first = (patterns: readonly RefPattern[]): string | undefined =>
    patterns.map(exampleOf).sort(compareText)[0];
  const branch = first(listed.flatMap(({ branches }) => branches));
  if (branch !== undefined) return { kind: "branch", name: branch };
  const tag = first(listed.flatMap(({ tags }) => tags));
  return tag === undefined ? { kind: "branch", name: "main" } : { kind: "tag", name: tag };
}

function exampleOf(pattern: RefPattern): string {
  return pattern.kind === "exact" ? pattern.name : `${pattern.prefix}1`;
}

/** The same repository under another owner. */
function forkOf(repository: string): string {
  const [host = "", , ...rest] = repository.split("/");
  return [host, "stranger", ...rest].join("/");
}
