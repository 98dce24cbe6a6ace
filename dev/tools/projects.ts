import { readdirSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";
import type { Need } from "../../lib/terraform/prepare";

/** The jest projects (jest.config.cjs). */
export const TEST_PROJECTS = ["unit", "sandbox", "e2e"] as const;
export type TestProject = (typeof TEST_PROJECTS)[number];

/** The programs that the tests of a project start; all others are found or faked by the tests. */
export const TOOLS: Readonly<Record<TestProject, readonly Need[]>> = {
  unit: [],
  sandbox: ["aws", "moto", "git"],
  e2e: ["terraform", "provider", "aws", "moto", "git"],
};

/** The project of a test, by its path from the repository's root. */
export function projectOf(test: string): TestProject {
  if (test.startsWith("__tests__/e2e/")) return "e2e";
  return test.endsWith(".sandbox.test.ts") ? "sandbox" : "unit";
}

export function isTest(file: string): boolean {
  return file.startsWith("__tests__/") && file.endsWith(".test.ts");
}

/** All TypeScript files of ours below a folder, by their paths from the repository's root. */
export function sourceFiles(folder: string): readonly string[] {
  return readdirSync(path.join(repositoryRoot, folder), { recursive: true, encoding: "utf8" })
    .map((name) => path.join(folder, name).split(path.sep).join("/"))
    .filter((name) => name.endsWith(".ts"));
}
