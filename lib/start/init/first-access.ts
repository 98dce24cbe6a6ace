import path from "node:path";
import { commandIn, oidc } from "../../command-name";
import { accessFromText } from "../../config/load";
import { ROLE_CHECKS } from "../../project/read-access";
import type { Answers } from "./answers";

interface FirstAccess {
  /** Path of access.schema.json relative to the file, for editors. Default: beside the file. */
  readonly schema?: string;
  /** Also roles that plan and apply the stacks of the file itself, from CircleCI. */
  readonly withOwnRoles?: boolean;
}

/**
 * A first access.yaml with comments: one project, one person, a role for everyone and a role for
 * that person. The text is validated as a deploy validates it.
 * @throws AccessFileError if the answers do not make a valid file
 */
export function firstAccess(
  answers: Answers,
  { schema = "./access.schema.json", withOwnRoles = false }: FirstAccess = {},
): string {
  const isInstalled = schema.includes("node_modules");
  const command = (name: string): string => (isInstalled ? commandIn("npx oidc", name, []) : oidc(name));
  const docs = isInstalled
    ? path.posix.join(path.posix.dirname(schema), "docs/access-yaml.md")
    : "docs/access-yaml.md";
  const {
    organization,
    account,
    region,
    stateBucket,
    project,
    projectId,
    repository,
    person,
    personId,
    branch,
  } = answers;
  const text = `# yaml-language-server: $schema=${schema}
#
# Who may assume which AWS role from CircleCI, and from which branches. Reference: ${docs}

organization:
  id: ${organization}

accounts:
  main:
    id: "${account}" # keep the quotes: YAML would read a number and drop leading zeros
    region: ${region}
    state: { bucket: ${stateBucket} } # created by ${command("bootstrap")}

people: # CircleCI user IDs; ${command("ids")} --write adds people who started recent pipelines
  ${quoted(person)}: ${personId}

projects:
  ${project}:
    id: ${projectId}
    repository: ${repository}
    roles:
      # Everyone who can start a pipeline of this project, from any branch. No permissions yet: add bucket or statements.
      preview: { people: everyone, branches: any }
      # Only ${person}, only from ${branch}. bucket: NAME adds a private bucket that the role can write to.
      deploy: { people: [${quoted(person)}], branches: [${quoted(branch)}] }
${withOwnRoles ? ownRoles(answers) : ""}`;
  accessFromText(text, "access.yaml", ROLE_CHECKS);
  return text;
}

/** The roles with which CircleCI changes what the file declares. */
function ownRoles({ person, branch }: Answers): string {
  return `      # The stacks of this file: every pipeline plans them with read access, and ${branch} applies them after an approval.
      plan: { people: everyone, branches: any, terraform: plan }
      apply: { people: [${quoted(person)}], branches: [${quoted(branch)}], terraform: apply }
`;
}

/** Quotes a name that YAML would read as another type, such as a number. */
function quoted(text: string): string {
  return /^[A-Za-z][A-Za-z0-9._/-]*$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
