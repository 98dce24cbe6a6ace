import { accessFromText } from "../../config/load";
import { ROLE_CHECKS } from "../../project/read-access";
import type { Answers } from "./answers";

/**
 * A first access.yaml with comments: one project, one person, a role that everybody may assume and
 * one that only the person may. It is read as a deploy would read it.
 * @param schema path of access.schema.json from the file, for editors
 * @throws AccessFileError for answers that do not make a valid file
 */
export function firstAccess(answers: Answers, schema = "./access.schema.json"): string {
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
# Who may do what in AWS from CircleCI, and from where. Every field: docs/access-yaml.md.

organization:
  id: ${organization}

accounts:
  main:
    id: "${account}" # keep the quotes: without them YAML reads a number and drops leading zeros
    region: ${region}
    state: { bucket: ${stateBucket} } # npm run bootstrap creates it

people: # CircleCI user ids; npm run -s oidc -- ids --write adds those who started recent pipelines
  ${quoted(person)}: ${personId}

projects:
  ${project}:
    id: ${projectId}
    repository: ${repository}
    roles:
      # Whoever can start a pipeline of the project, from every branch. It may do nothing yet: give it a bucket, or statements.
      preview: { people: everyone, branches: any }
      # You, from ${branch}. A bucket: name gives the role a private bucket.
      deploy: { people: [${quoted(person)}], branches: [${quoted(branch)}] }
`;
  accessFromText(text, "access.yaml", ROLE_CHECKS);
  return text;
}

/** A name that YAML could take for something else, such as a number, stands in quotes. */
function quoted(text: string): string {
  return /^[A-Za-z][A-Za-z0-9._/-]*$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
