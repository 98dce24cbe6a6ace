import { grantingProjects } from "../../lib/config/model/grants";
import type { Access, Project } from "../../lib/config/model/model";
import { accepted } from "../config/sample";

/** A file with these lines below `projects`, each of which is indented by two spaces. */
export function accessWith(projects: string): Access {
  return accepted(`organization: { id: 6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11 }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: acme-terraform-state } } }
people:
  alice: 0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01
  bob: 91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02
projects:
  ${projects}
`);
}

/** A file with one project, `website`. */
export function accessOfWebsite(roles: string, pipeline = ""): Access {
  return accessWith(`website:
    id: 77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03
    repository: github.com/acme/website
    ${pipeline === "" ? "" : `pipeline: ${pipeline}`}
    roles: ${roles}`);
}

export function projectOf(access: Access, key: string): Project {
  const found = grantingProjects(access).find((one) => one.key === key);
  if (found === undefined) throw new Error(`no project ${key}`);
  return found;
}

/** Expects all lines of the one, in their order, within the other. */
export function expectKept(lines: string, within: string): void {
  const rest = within.split("\n");
  for (const line of lines.trimEnd().split("\n")) {
    const at = rest.indexOf(line);
    expect([line, at]).not.toEqual([line, -1]);
    rest.splice(0, at + 1);
  }
}
