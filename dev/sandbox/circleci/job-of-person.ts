import type { Access, Person, Project } from "../../../lib/config/model/model";
import { findPerson, type QuestionOptions, readSource } from "../../../lib/explain/question";
import { findProject } from "../../../lib/project/pick-project";
import { wrongCall } from "../../../lib/project/unknown-name";
import { issuerOf } from "../../../lib/token/issuer";
import type { TokenRequest } from "./token-request";

export interface TokenOptions extends QuestionOptions {
  /** Default: the audience of the project in access.yaml. */
  readonly audience?: string;
  /** A V1 token. Default: V2. */
  readonly v1?: boolean;
}

/**
 * The token request of a job that a person in access.yaml starts.
 * @throws ProjectError `unknown-person`, `unknown-project`, `wrong-call` (exit 2)
 */
export function jobOfPerson(access: Access, options: TokenOptions): TokenRequest {
  const person: Person = findPerson(access, required(options.person, "--person"));
  const project: Project = findProject(access, required(options.project, "--project"));
  const source = readSource(options);
  const request = {
    ...issuerOf(project.organization),
    project: project.id,
    user: person.id,
    audience: options.audience ?? project.audience,
    version: options.v1 === true ? (1 as const) : (2 as const),
  };
  if (source.kind === "webhook") return request;
  if (source.ref === undefined)
    throw wrongCall("the job has no branch or tag", "add --branch, --tag or --webhook");
  return { ...request, source: { origin: source.origin ?? project.repository, ref: source.ref } };
}

function required(value: string | undefined, option: string): string {
  if (value !== undefined && value !== "") return value;
  throw wrongCall(`${option} is missing`, `add ${option} with a name from access.yaml`);
}
