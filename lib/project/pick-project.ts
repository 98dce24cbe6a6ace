import { grantingProjects } from "../config/model/grants";
import type { Access, Project } from "../config/model/model";
import { unknownName, wrongCall } from "./unknown-name";

/** A project that says whom it lets in. @throws ProjectError `unknown-project` (exit 2) */
export function findProject(access: Access, key: string): Project {
  const projects = grantingProjects(access);
  const found = projects.find((project) => project.key === key);
  if (found !== undefined) return found;
  throw unknownName(
    "project",
    key,
    projects.map((project) => project.key),
  );
}

/** The project of a file that has one, and only one. */
export function onlyProject(access: Access): Project {
  const projects = grantingProjects(access);
  const [only, ...others] = projects;
  if (only !== undefined && others.length === 0) return only;
  throw wrongCall(
    "it is not said whose job it is",
    only === undefined
      ? "there is no project in access.yaml"
      : `name one with --project: ${projects.map(({ key }) => key).join(", ")}`,
  );
}
