import { parseAccess } from "../lib/config/load";
import type { AnyRole } from "../lib/config/model/model";
import { formatPath, type Problem } from "../lib/config/yaml/problem";
import { ProjectError } from "../lib/errors";
import { ROLE_CHECKS } from "../lib/project/read-access";

/** A role that is declared in a program instead of access.yaml. */
export interface RoleProps {
  readonly name: string;
  /** 12 digits. */
  readonly account: string;
  readonly organization: string;
  readonly project: string;
  readonly repository: string;
  /** CircleCI user IDs by name. */
  readonly people: "everyone" | Readonly<Record<string, string>>;
  readonly branches?: "any" | readonly string[];
  readonly tags?: readonly string[];
  readonly sessionSeconds?: number;
  readonly policies?: readonly string[];
  readonly statements?: readonly Readonly<Record<string, unknown>>[];
  readonly permissionsBoundary?: string;
}

/** A person that the file must name, and that is granted nothing. */
const UNUSED_PERSON = { "not-granted": "00000000-0000-4000-8000-000000000000" };
const ROLE_PATH = ["projects", "own", "roles", "own"];

/**
 * The role of an access.yaml with only this role: the same checks, limits and defaults apply.
 * @param where the construct's path, for messages
 * @throws ProjectError `role-props-invalid` (exit 2) with every problem
 */
export function roleFromProps(where: string, props: RoleProps): AnyRole {
  const { people, sessionSeconds, branches, tags, policies, statements, permissionsBoundary } = props;
  const isEveryone = people === "everyone";
  const role = {
    name: props.name,
    people: isEveryone ? "everyone" : Object.keys(people),
    ...optional({ branches, tags, policies, statements, permissionsBoundary, session: sessionSeconds }),
  };
  const parsed = parseAccess(
    JSON.stringify({
      organization: { id: props.organization },
      accounts: { own: { id: props.account, region: "us-east-1", state: { bucket: "not-declared" } } },
      people: isEveryone || Object.keys(people).length === 0 ? UNUSED_PERSON : people,
      projects: { own: { id: props.project, repository: props.repository, roles: { own: role } } },
    }),
    ROLE_CHECKS,
  );
  if ("problems" in parsed) throw invalid(where, parsed.problems);
  const found = parsed.access.projects[0]?.roles[0];
  if (found === undefined) throw new Error(`${where}: an access.yaml without its role`);
  return found;
}

function optional(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function invalid(where: string, problems: readonly Problem[]): ProjectError {
  const lines = problems.map(({ path, message, found, allowed, fix }) => {
    const isOfRole = ROLE_PATH.every((part, index) => path[index] === part);
    const place = formatPath(isOfRole ? path.slice(ROLE_PATH.length) : path);
    return `  ${place}: ${message}: found ${JSON.stringify(found)}, allowed: ${allowed}\n    → ${fix}`;
  });
  return new ProjectError({
    code: "role-props-invalid",
    message: `the props of ${where} have ${problems.length} ${problems.length === 1 ? "problem" : "problems"}\n${lines.join("\n")}`,
    found: problems.map(({ found }) => found).join(", "),
    exitCode: 2,
  });
}
