import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { run } from "../../../lib/process/run";
import { repositoryRoot } from "../../../lib/programs/cache";

const biome = path.join(repositoryRoot, "node_modules", ".bin", "biome");

/**
 * A folder with the project's own configuration of biome. Of standard input, biome does not print
 * what plugins find, and a file in the project's folder would be seen by whatever else looks at it.
 */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "lint-rules-"));
  const text = readFileSync(path.join(repositoryRoot, "biome.json"), "utf8");
  const { vcs, $schema, ...configuration } = JSON.parse(
    text.replaceAll('"./setup/lint/', `"${path.join(repositoryRoot, "setup", "lint")}/`),
  );
  expect([vcs, $schema]).not.toContain(undefined);
  writeFileSync(path.join(folder, "biome.json"), JSON.stringify(configuration));
  for (const name of ["lib/terminal", "cli", "__tests__"])
    mkdirSync(path.join(folder, name), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function lint(source: string, file = "lib/example.ts") {
  writeFileSync(path.join(folder, file), source);
  const args = [biome, "lint", "--colors=off", file];
  const { exitCode, stdout, stderr } = await run(process.execPath, args, { cwd: folder, env: process.env });
  return { exitCode, output: `${stdout}${stderr}` };
}

describe("no spread of an object literal", () => {
  test.each([
    "export const one = { ...{ a: 1 }, b: 2 };\n",
    "export const one = { b: 2, ...{ a: 1, c: { d: 3 } } };\n",
    "export const one = { ...{} };\n",
  ])("is not checked for excess properties, and rejected: %s", async (source) => {
    const { exitCode, output } = await lint(source);
    expect(output).toContain("not checked for excess properties");
    expect(exitCode).toBe(1);
  });

  test.each([
    "export const one = { a: 1, b: 2 };\n",
    "const rest = { a: 1 };\nexport const one = { ...rest, b: 2 };\n",
    "export const one = (is: boolean) => ({ ...(is ? { a: 1 } : {}), b: 2 });\n",
    "export const one = [...[1], ...Object.keys({ a: 1 })];\n",
  ])("other spreads are allowed: %s", async (source) => {
    expect(await lint(source)).toMatchObject({ exitCode: 0, output: expect.not.stringContaining("excess") });
  });
});

describe("no raw output", () => {
  test.each([
    ["lib/example.ts", 'console.log("a");\n'],
    ["cli/example.ts", 'console.error("a");\n'],
    ["cli/example.ts", 'console["log"]("a");\n'],
    ["lib/example.ts", "export const { log } = console;\n"],
    ["lib/example.ts", "export const log = console;\n"],
    ["lib/example.ts", 'process.stdout.write("a");\n'],
    ["cli/example.ts", 'process.stderr.write("a");\n'],
    ["cli/example.ts", "export const out = process.stderr;\n"],
    ["lib/example.ts", "export const { stdout } = process;\n"],
    ["cli/example.ts", "export const ask = (create: typeof f) => create({ output: process.stdout });\n"],
  ])("%s: %s", async (file, source) => {
    const { exitCode, output } = await lint(source, file);
    expect(output).toContain("lib/terminal/output");
    expect(exitCode).toBe(1);
  });

  test.each([
    ["lib/terminal/example.ts", 'process.stdout.write("a");\n'],
    ["__tests__/example.ts", 'console.log("a");\n'],
    ["cli/example.ts", "export const width = process.stdout.columns;\n"],
    ["cli/example.ts", 'process.stdout.on("error", () => undefined);\n'],
    ["lib/example.ts", "export const is = process.stderr.isTTY === true;\n"],
  ])("%s may: %s", async (file, source) => {
    expect(await lint(source, file)).toMatchObject({ exitCode: 0 });
  });
});
