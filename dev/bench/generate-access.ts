const PEOPLE = 50;
const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";

/**
 * The text of an access.yaml with 50 people, and two roles with a bucket each for every project.
 * Deterministic.
 * @param projects 1-9,999
 */
export function generateAccess(projects: number): string {
  const lines = [
    `organization: { id: ${ORGANIZATION} }`,
    `accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: bench-state } } }`,
    "people:",
    ...count(PEOPLE).map((person) => `  person-${person}: ${uuid("aaaaaaaa", person)}`),
    "groups:",
    `  publishers: [${count(3)
      .map((person) => `person-${person}`)
      .join(", ")}]`,
    "projects:",
    ...count(projects).flatMap((project) => [
      `  project-${project}:`,
      `    id: ${uuid("bbbbbbbb", project)}`,
      `    repository: github.com/acme/project-${project}`,
      "    roles:",
      `      preview: { people: everyone, branches: any, bucket: bench-preview-${project} }`,
      `      deploy: { people: [publishers, person-${project % PEOPLE}], branches: [main], bucket: bench-deploy-${project} }`,
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

function count(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}

function uuid(start: string, number: number): string {
  return `${start}-0000-4000-8000-${String(number).padStart(12, "0")}`;
}
