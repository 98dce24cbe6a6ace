import { grantingProjects } from "../config/model/grants";
import type { Access, Project } from "../config/model/model";
import { unknownName, wrongCall } from "./unknown-name";

/** A project with granted roles. @throws ProjectError `unknown-project` (exit 2) */
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

/** The only project of a file. @throws ProjectError `wrong-call` (exit 2): none or several */
export function onlyProject(access: Access): Project {
  const projects = grantingProjects(access);
  const [only, ...others] = projects;
  if (only !== undefined && others.length === 0) return only;
  throw wrongCall(
    "the project of the job is unknown",
    only === undefined
      ? "add a project to access.yaml"
      : `pass --project with one of: ${projects.map(({ key }) => key).join(", ")}`,
  );
}
