import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { remembered } from "../../lib/collections/remembered";
import { ProjectError } from "../../lib/errors";
import { repositoryRoot } from "../../lib/programs/cache";
import { isTest, projectOf, sourceFiles } from "./projects";

const FOLDERS = ["__tests__", "cli", "constructs", "dev", "lib", "stacks"];

/**
 * The unit tests that concern a file: itself if it is one, otherwise the test of the same name
 * (that of `lib/x/y.ts` is `__tests__/x/y.test.ts`), otherwise those that import it, and if none
 * does, those that import what imports it, and so on.
 * @param file its path, from the working directory
 * @throws ProjectError `check-file` for what is no TypeScript file of this project,
 * `check-starts-processes` for a test that is no unit test, `check-without-test` where no unit test
 * reaches the file
 */
export function testsOf(file: string): readonly string[] {
  const name = inRepository(file);
  if (isTest(name)) return [unitTest(name)];
  const own = path.posix.join("__tests__", name.replace(/^lib\//, "").replace(/\.ts$/, ".test.ts"));
  if (existsSync(path.join(repositoryRoot, own))) return [own];
  const importers = importersOf();
  const seen = new Set([name]);
  for (let level = [name]; level.length > 0; ) {
    level = [...new Set(level.flatMap((one) => importers.get(one) ?? []))].filter((one) => !seen.has(one));
    for (const one of level) seen.add(one);
    const tests = level.filter((one) => isTest(one) && projectOf(one) === "unit");
    if (tests.length > 0) return tests.sort();
  }
  throw new ProjectError({
    code: "check-without-test",
    message: `no unit test imports ${name}, directly or through other files.`,
    found: name,
    fix: "run the tests that start it, npm test -- PATTERN, or npm run check for everything.",
  });
}

/** The path from the repository's root, with slashes. */
export function inRepository(file: string): string {
  const name = path.relative(repositoryRoot, path.resolve(file)).split(path.sep).join("/");
  if (!name.startsWith("../") && name.endsWith(".ts") && existsSync(path.resolve(file))) return name;
  throw new ProjectError({
    code: "check-file",
    message: `${file} is not a TypeScript file of this project.`,
    found: file,
    fix: "give the path of a .ts file, or no file at all to check everything.",
    exitCode: 2,
  });
}

function unitTest(name: string): string {
  if (projectOf(name) === "unit") return name;
  throw new ProjectError({
    code: "check-starts-processes",
    message: `${name} starts processes, and npm run check runs unit tests only.`,
    found: name,
    fix: `npm test -- ${name}`,
    exitCode: 2,
  });
}

/** Which files import a file of ours, by paths from the repository's root. */
function importersOf(): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const importer of FOLDERS.flatMap(sourceFiles)) {
    const text = readFileSync(path.join(repositoryRoot, importer), "utf8");
    for (const [, target = ""] of text.matchAll(/(?:from|import\()\s*"(\.{1,2}\/[^"]+)"/g)) {
      const imported = `${path.posix.join(path.posix.dirname(importer), target.replace(/\.js$/, ""))}.ts`;
      remembered<string, string[]>(importers, imported, () => []).push(importer);
    }
  }
  return importers;
}
