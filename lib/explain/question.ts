import type { Access, AnyProject, AnyRole, Person, Project } from "../config/model/model";
import { refRule } from "../config/rules/git-ref";
import { uuidPattern } from "../config/rules/uuid";
import { findProject } from "../project/pick-project";
import { unknownName, wrongCall } from "../project/unknown-name";
import { fullRef } from "../token/ref";

/** The command's options as they are typed. */
export interface QuestionOptions {
  readonly person?: string;
  readonly project?: string;
  readonly role?: string;
  readonly branch?: string;
  readonly tag?: string;
  readonly origin?: string;
  readonly webhook?: boolean;
}

/** The origin of the job's code. */
type Source =
  /** A ref such as `refs/heads/main`. Undefined: all refs. */
  | { readonly kind: "repository"; readonly origin?: string; readonly ref?: string }
  /** A custom webhook: the token names no repository and no ref. */
  | { readonly kind: "webhook" };

export interface Question {
  /** Undefined: each person of access.yaml, and everyone else. */
  readonly person: Person | undefined;
  /** The job's project. Undefined: for each role, its own project. */
  readonly project: Project | undefined;
  readonly source: Source;
}

/** @throws ProjectError `unknown-person`, `unknown-project`, `wrong-call` (exit 2) */
export function readQuestion(access: Access, options: QuestionOptions): Question {
  return {
    person: options.person === undefined ? undefined : findPerson(access, options.person),
    project: options.project === undefined ? undefined : findProject(access, options.project),
    source: readSource(options),
  };
}

/** By name, or by CircleCI's user id, which need not be in the file. */
export function findPerson({ people }: Access, text: string): Person {
  const found = people.find(({ name, id }) => name === text || id === text);
  if (found !== undefined) return found;
  if (new RegExp(uuidPattern).test(text)) return { name: text, id: text };
  throw unknownName(
    "person",
    text,
    people.map(({ name }) => name),
  );
}

export function readSource({ branch, tag, origin, webhook }: QuestionOptions): Source {
  const given = [branch, tag, webhook === true ? "" : undefined].filter((one) => one !== undefined);
  if (given.length > 1)
    throw wrongCall("--branch, --tag and --webhook exclude each other", "use one of them");
  if (webhook === true) {
    if (origin === undefined) return { kind: "webhook" };
    throw wrongCall("the token of a custom webhook names no origin", "leave out --origin or --webhook");
  }
  if (origin === "")
    throw wrongCall("--origin is empty", "name a repository such as github.com/acme/website");
  const ref =
    branch === undefined ? (tag === undefined ? undefined : refOf("tag", tag)) : refOf("branch", branch);
  return {
    kind: "repository",
    ...(origin === undefined ? {} : { origin }),
    ...(ref === undefined ? {} : { ref }),
  };
}

/** One ref. A pattern is refused: it covers several refs, whose answers may differ. */
function refOf(kind: "branch" | "tag", name: string): string {
  const violation = name.endsWith("*") ? undefined : refRule(kind)(name);
  if (name.endsWith("*") || (violation !== undefined && name !== "any")) {
    throw wrongCall(
      `"${name}" is not a valid ${kind} name${violation === undefined ? "" : `: ${violation.message}`}`,
      violation?.fix ?? `name one ${kind}, or leave the option out to ask about all`,
    );
  }
  return fullRef({ kind, name });
}

/** A role with the project it belongs to. */
export interface OwnRole {
  readonly project: AnyProject;
  readonly role: AnyRole;
}

/**
 * The roles in question: all with this key, this name in IAM, or this `project/key`. Without a
 * name, those of the project; without a project, all.
 * @throws ProjectError `unknown-role` (exit 2)
 */
export function rolesInQuestion(
  access: Access,
  wanted: string | undefined,
  project?: Project,
): readonly OwnRole[] {
  const all = access.projects.flatMap((one) => one.roles.map((role) => ({ project: one, role })));
  const ofProject = project === undefined ? all : all.filter((one) => one.project.key === project.key);
  if (wanted === undefined) return ofProject;
  const isWanted = ({ project: one, role }: OwnRole): boolean =>
    [role.key, role.name, `${one.key}/${role.key}`].includes(wanted);
  const near = ofProject.filter(isWanted);
  const found = near.length > 0 ? near : all.filter(isWanted);
  if (found.length > 0) return found;
  throw unknownName("role", wanted, [...new Set(all.flatMap(({ role }) => [role.key, role.name]))]);
}
