import type { Access, Person, Project } from "../../../lib/config/model/model";
import { findPerson, type QuestionOptions, readSource } from "../../../lib/explain/question";
import { findProject } from "../../../lib/project/pick-project";
import { wrongCall } from "../../../lib/project/unknown-name";
import { issuerOf } from "../../../lib/token/issuer";
import type { TokenRequest } from "./token-request";

export interface TokenOptions extends QuestionOptions {
  /** Default: the audience that access.yaml has for the project. */
  readonly audience?: string;
  /** V1 in place of V2. */
  readonly v1?: boolean;
}

/**
 * The job that a person starts, in the terms of access.yaml.
 * @throws ProjectError `unknown-person`, `unknown-project`, `wrong-call` (exit 2)
 */
export function jobOfPerson(access: Access, options: TokenOptions): TokenRequest {
  const person: Person = findPerson(access, required(options.person, "--person"));
  const project: Project = findProject(access, required(options.project, "--project"));
  const source = readSource(options);
  const request = {
    ...issuerOf(access.organization),
    project: project.id,
    user: person.id,
    audience: options.audience ?? project.audience,
    version: options.v1 === true ? (1 as const) : (2 as const),
  };
  if (source.kind === "webhook") return request;
  if (source.ref === undefined)
    throw wrongCall("it is not said which branch the job runs on", "add --branch, --tag or --webhook");
  return { ...request, source: { origin: source.origin ?? project.repository, ref: source.ref } };
}

function required(value: string | undefined, option: string): string {
  if (value !== undefined && value !== "") return value;
  throw wrongCall(`${option} is missing`, `add ${option}, a name of access.yaml`);
}
