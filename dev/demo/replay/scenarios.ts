import { writeConfig } from "../../../lib/circleci/write-config";
import { grantingProjects, isGranted } from "../../../lib/config/model/grants";
import type { Access, Person, Project } from "../../../lib/config/model/model";
import { exampleRef, prefixElsewhere, type Ref } from "./example-ref";
import { withoutFilters } from "./without-filters";

/**
 * `edited`: the config that is pushed has lost its filters. `fork`: a pull request. `elsewhere`: a
 * job of another project.
 */
export type ScenarioKind = "push" | "edited" | "fork" | "elsewhere";

/** Somebody starts a pipeline of a project, from somewhere. */
export interface Scenario {
  readonly kind: ScenarioKind;
  /** Such as `alice pushes to main`. */
  readonly title: string;
  /** Whose generated config runs. */
  readonly project: Project;
  /** The config as it is pushed. */
  readonly config: string;
  /** Whose job it is, as the token says: another than `project` in one of them. */
  readonly projectId: string;
  /** What people call that project. */
  readonly projectName: string;
  readonly person: Person;
  readonly origin: string;
  readonly ref: Ref;
  readonly pullRequest?: number;
}

/** A file may name hundreds; the demo shows the first, and says how many it leaves out. */
export const MOST_PROJECTS = 3;
export const MOST_PEOPLE = 4;

/** Whoever is in no file. */
export const STRANGER: Person = { name: "a stranger", id: "5712a46e-0000-4000-8000-0000005712a4" };
const ELSEWHERE = { key: "another project", id: "0e15e3e7-0000-4000-8000-00000e15e3e7" };

/**
 * What is worth seeing of a file: everybody where work is published, one on a branch, a config
 * edited there, a fork, and a job of another project.
 */
export function scenariosOf(access: Access): readonly Scenario[] {
  return pushedTo(access)
    .slice(0, MOST_PROJECTS)
    .flatMap((project) => ofProject(project, access));
}

/** What a file has and the demo does not show: a sentence each. */
export function notShown(access: Access): readonly string[] {
  const { people } = access;
  const projects = pushedTo(access);
  const terraform = access.projects.flatMap(({ key, roles }) =>
    roles.filter((role) => role.terraform !== undefined).map((role) => `${key}/${role.key}`),
  );
  const names = (all: readonly string[], most: number): string => all.slice(most).join(", ");
  return [
    ...(terraform.length === 0
      ? []
      : [`jobs of ${terraform.join(", ")}: the roles are deployed, and Terraform is not run as them`]),
    ...(projects.length > MOST_PROJECTS
      ? [
          `projects ${names(
            projects.map(({ key }) => key),
            MOST_PROJECTS,
          )}: they are deployed, and nobody pushes`,
        ]
      : []),
    ...(people.length > MOST_PEOPLE
      ? [
          `${names(
            people.map(({ name }) => name),
            MOST_PEOPLE,
          )}: ${MOST_PEOPLE} people push for each project`,
        ]
      : []),
  ];
}

/**
 * Projects with the roles whose jobs the demo runs: those that run Terraform need this very
 * repository to be pushed.
 */
function pushedTo(access: Access): readonly Project[] {
  return grantingProjects(access)
    .map((project) => ({
      ...project,
      roles: project.roles.filter(({ terraform }) => terraform === undefined),
    }))
    .filter(({ roles }) => roles.length > 0);
}

function ofProject(project: Project, access: Access): readonly Scenario[] {
  const { people } = access;
  const projects = grantingProjects(access);
  const config = writeConfig(project);
  const base = {
    project,
    config,
    projectId: project.id,
    projectName: project.key,
    origin: project.repository,
    kind: "push" as const,
  };
  const granted = project.roles.map(({ grant }) => grant.refs);
  const ref = exampleRef(granted);
  const branches = granted.flatMap((refs) => (refs.kind === "listed" ? refs.branches : []));
  const aside: Ref = { kind: "branch", name: `${prefixElsewhere(branches) ?? "feature/"}try-it` };
  const shown = people.slice(0, MOST_PEOPLE);
  const outsider = shown.find((person) => !mayAll(project, person)) ?? shown.at(-1) ?? STRANGER;
  const insider = shown.find((person) => mayAll(project, person)) ?? shown[0] ?? STRANGER;
  const other = projects.find(({ key }) => key !== project.key) ?? ELSEWHERE;
  const several = projects.length > 1 ? ` of ${project.key}` : "";
  const edited = withoutFilters(config);
  return [
    ...shown.map((person) => ({
      ...base,
      person,
      ref,
      title: `${person.name} pushes to ${ref.name}${several}`,
    })),
    { ...base, person: outsider, ref: aside, title: `${outsider.name} pushes to ${aside.name}${several}` },
    ...(edited === undefined
      ? []
      : [
          {
            ...base,
            kind: "edited" as const,
            person: outsider,
            ref: aside,
            config: edited,
            title: `${outsider.name} pushes to ${aside.name}${several}, with the filters taken out of the config`,
          },
        ]),
    {
      ...base,
      kind: "fork",
      person: STRANGER,
      ref,
      origin: forkOf(project.repository),
      pullRequest: 1,
      title: `${STRANGER.name} opens a pull request from a fork${several}`,
    },
    {
      ...base,
      kind: "elsewhere",
      person: insider,
      ref,
      projectId: other.id,
      projectName: other.key,
      title: `${insider.name} runs these jobs in ${other.key}`,
    },
  ];
}

function mayAll({ roles }: Project, { id }: Person): boolean {
  return roles.every(({ grant: { people } }) => isGranted(people, id));
}

/** The same repository under another owner. */
function forkOf(repository: string): string {
  const [host = "", , ...rest] = repository.split("/");
  return [host, "stranger", ...rest].join("/");
}
