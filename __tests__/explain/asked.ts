import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { accessFromText } from "../../lib/config/load";
import type { Access } from "../../lib/config/model/model";
import type { ProjectError } from "../../lib/errors";
import { type ExplainOptions, explain } from "../../lib/explain/explain";
import type { JobAnswer } from "../../lib/explain/job-answer";
import { errorOf } from "../fixtures/project-error";

export const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
export const WEBSITE = "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03";
export const BOB = "91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02";
export const HOST = `oidc.circleci.com/org/${ORGANIZATION}`;
/** The talk's people and project, and another project. */
export const access = accessFromText(
  `
organization: { id: ${ORGANIZATION} }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state } } }
people:
  alice: 0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01
  bob: ${BOB}
projects:
  website:
    id: ${WEBSITE}
    repository: github.com/acme/website
    roles:
      preview: { people: everyone, branches: any }
      deploy: { people: [alice], branches: [main, release/*], tags: [v1] }
  shop:
    id: 88c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03
    repository: github.com/acme/shop
    roles:
      deploy: { people: [bob], branches: [main] }
`,
  "access.yaml",
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "explain-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Deleted after the tests, as every other one. */
export function newFolder(): string {
  return mkdtempSync(path.join(folder, "input-"));
}

/** A file with a text, or with a value as JSON. */
export function fileWith(content: string | object): string {
  const file = path.join(newFolder(), "input.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

/** The decisions, by role, or by person and role. */
export function inShort(answers: readonly JobAnswer[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    answers.map(({ role, person, decision }) => [
      person === undefined ? role : `${person} ${role}`,
      decision,
    ]),
  );
}

/** The only answer. */
export function only(options: ExplainOptions): JobAnswer {
  return onlyAnswer(access, options);
}

export function onlyAnswer(of: Access, options: ExplainOptions): JobAnswer {
  const [answer, ...others] = explain(() => of, options);
  if (answer === undefined || others.length > 0) throw new Error(`${others.length + 1} answers`);
  return answer;
}

/** The error of an invalid call. */
export function refusalOf(options: ExplainOptions): ProjectError {
  return errorOf(() => explain(() => access, options));
}

export const aliceDeploys: ExplainOptions = { person: "alice", role: "website/deploy" };
export const alice: ExplainOptions = { ...aliceDeploys, branch: "main" };
