import { writeConfig } from "../../../lib/circleci/write-config";
import { grantingProjects, isGranted } from "../../../lib/config/model/grants";
import type { Access, Person, Project } from "../../../lib/config/model/model";
import { refText } from "../../../lib/describe/ref";
import { fullRef } from "../../../lib/token/ref";
import { exampleRef, OUTSIDER, prefixElsewhere, type Ref } from "../tokens/examples";
import { withoutFilters } from "./without-filters";

/**
 * `edited`: the pushed config has no filters. `fork`: a pull request. `elsewhere`: a job of another
 * project.
 */
type ScenarioKind = "push" | "edited" | "fork" | "elsewhere";

/** A person starts a pipeline of a project, from a ref of a repository. */
export interface Scenario {
  readonly kind: ScenarioKind;
  /** Such as `alice pushes to main`. */
  readonly title: string;
  /** The project whose generated config runs. */
  readonly project: Project;
  /** The config as it is pushed. */
  readonly config: string;
  /** The job's project, as the token names it. In `elsewhere`, not the id of `project`. */
  readonly projectId: string;
  /** The key of that project in access.yaml. */
  readonly projectName: string;
  readonly person: Person;
  readonly origin: string;
  readonly ref: Ref;
  readonly pullRequest?: number;
}

/** A file may name hundreds: the demo shows the first, and names those that it leaves out. */
export const MOST_PROJECTS = 3;
export const MOST_PEOPLE = 4;

const ELSEWHERE = { key: "another project", id: "0e15e3e7-0000-4000-8000-00000e15e3e7" };

/**
 * The scenarios of a file: each person on a granted ref; a tag, where a role has tags only; one on
 * another branch, with the generated
 * config and without its filters; a fork; and a job of another project.
 */
export function scenariosOf(access: Access): readonly Scenario[] {
  return pushedTo(access)
    .slice(0, MOST_PROJECTS)
    .flatMap((project) => ofProject(project, access));
}

/** The parts of a file that the demo does not show: a sentence each. */
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
      : [`jobs of ${terraform.join(", ")}: the roles are deployed, but no job runs Terraform`]),
    ...(projects.length > MOST_PROJECTS
      ? [
          `projects ${names(
            projects.map(({ key }) => key),
            MOST_PROJECTS,
          )}: deployed, without pushes`,
        ]
      : []),
    ...(people.length > MOST_PEOPLE
      ? [
          `${names(
            people.map(({ name }) => name),
            MOST_PEOPLE,
          )}: only the first ${MOST_PEOPLE} people push`,
        ]
      : []),
  ];
}

/**
 * Projects with the roles whose jobs the demo runs. Jobs that run Terraform are left out: they need
 * this repository's own code.
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
  const outsider = shown.find((person) => !mayAll(project, person)) ?? shown.at(-1) ?? OUTSIDER;
  const insider = shown.find((person) => mayAll(project, person)) ?? shown[0] ?? OUTSIDER;
  const other = projects.find(({ key }) => key !== project.key) ?? ELSEWHERE;
  const several = projects.length > 1 ? ` of ${project.key}` : "";
  const edited = withoutFilters(config);
  return [
    ...shown.map((person) => ({
      ...base,
      person,
      ref,
      title: `${pushes(person, ref)}${several}`,
    })),
    ...ofTags(project, shown).map(({ person, tag }) => ({
      ...base,
      person,
      ref: tag,
      title: `${pushes(person, tag)}${several}`,
    })),
    { ...base, person: outsider, ref: aside, title: `${pushes(outsider, aside)}${several}` },
    ...(edited === undefined
      ? []
      : [
          {
            ...base,
            kind: "edited" as const,
            person: outsider,
            ref: aside,
            config: edited,
            title: `${pushes(outsider, aside)}${several}, with the filters removed from the config`,
          },
        ]),
    {
      ...base,
      kind: "fork",
      person: OUTSIDER,
      ref,
      origin: forkOf(project.repository),
      pullRequest: 1,
      title: `${OUTSIDER.name} opens a pull request from a fork${several}`,
    },
    {
      ...base,
      kind: "elsewhere",
      person: insider,
      ref,
      projectId: other.id,
      projectName: other.key,
      title: `${insider.name} runs the same jobs in ${other.key}`,
    },
  ];
}

/**
 * Pushes of a tag to a project that has roles for branches and roles for tags only: by a person who
 * may assume one of the latter, and by one who may not.
 */
function ofTags(
  { roles }: Project,
  shown: readonly Person[],
): readonly { readonly person: Person; readonly tag: Ref }[] {
  const released = roles.filter(
    ({ grant: { refs } }) => refs.kind === "listed" && refs.branches.length === 0,
  );
  if (exampleRef(roles.map(({ grant }) => grant.refs)).kind === "tag") return [];
  return released.slice(0, 1).flatMap(({ grant: { people, refs } }) => {
    const may = shown.find(({ id }) => isGranted(people, id));
    const mayNot = shown.find(({ id }) => !isGranted(people, id));
    const tag = exampleRef([refs]);
    return [may, mayNot].flatMap((person) => (person === undefined ? [] : [{ person, tag }]));
  });
}

/** `alice pushes to main`, `alice pushes tag v1`. */
function pushes({ name }: Person, ref: Ref): string {
  return `${name} pushes ${ref.kind === "branch" ? "to " : ""}${refText(fullRef(ref))}`;
}

function mayAll({ roles }: Project, { id }: Person): boolean {
  return roles.every(({ grant: { people } }) => isGranted(people, id));
}

/** The same repository under another owner. */
function forkOf(repository: string): string {
  const [host = "", , ...rest] = repository.split("/");
  return [host, "contributor", ...rest].join("/");
}
