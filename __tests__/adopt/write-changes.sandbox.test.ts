import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { finishWriting, JOURNAL, writeChanges } from "../../lib/adopt/write-changes";
import { repositoryRoot } from "../../lib/programs/cache";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "adopt-write-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => path.join(folder, name);
const text = (name: string): string | undefined =>
  existsSync(at(name)) ? readFileSync(at(name), "utf8") : undefined;
const changes = () => [
  { file: at("adopted/role/trust.json"), after: "{}" },
  { file: at("imports.json"), after: "new" },
  { file: at("access.yaml"), before: "old", after: "new" },
];

test("all files are written, and nothing else is left", () => {
  writeFileSync(at("access.yaml"), "old");
  writeChanges(folder, changes());
  expect([text("access.yaml"), text("imports.json"), text("adopted/role/trust.json")]).toEqual([
    "new",
    "new",
    "{}",
  ]);
  expect(readdirSync(folder).sort()).toEqual(["access.yaml", "adopted", "imports.json"]);
  expect(finishWriting(folder)).toEqual([]);
});

test.each([0, 1, 2, 3])("after a kill at %i of three files, the next run writes the rest", (written) => {
  writeFileSync(at("access.yaml"), "old");
  writeFileSync(
    at(JOURNAL),
    JSON.stringify(changes().map((one) => ({ ...one, file: one.file.replace("adopted/role/", "") }))),
  );
  for (const { file, after } of changes().slice(0, written))
    writeFileSync(file.replace("adopted/role/", ""), after);
  expect(finishWriting(folder)).toHaveLength(3);
  expect([text("access.yaml"), text("imports.json"), text("trust.json"), text(JOURNAL)]).toEqual([
    "new",
    "new",
    "{}",
    undefined,
  ]);
});

test("a file that changed in the meantime is not overwritten", () => {
  writeFileSync(at("access.yaml"), "mine");
  writeFileSync(at(JOURNAL), JSON.stringify([changes()[1], changes()[2]]));
  expect(() => finishWriting(folder)).toThrow(expect.objectContaining({ code: "adopt-interrupted" }));
  expect([text("access.yaml"), text("imports.json")]).toEqual(["mine", undefined]);
});

test("a folder that is not writable is reported before any file is written", () => {
  writeFileSync(at("access.yaml"), "old");
  const blocked = [{ file: path.join(at("access.yaml"), "no-folder.json"), after: "{}" }, ...changes()];
  expect(() => writeChanges(folder, blocked)).toThrow();
  expect([text("access.yaml"), text("imports.json"), text(JOURNAL)]).toEqual(["old", undefined, undefined]);
});

test("SIGKILL in the middle: either nothing was written, or the next run completes it", async () => {
  const count = 3_000;
  const module = pathToFileURL(path.join(repositoryRoot, "lib/adopt/write-changes.ts")).href;
  const script = at("script.mts");
  writeFileSync(
    script,
    `import { writeChanges } from ${JSON.stringify(module)};
     const all = Array.from({ length: ${count} }, (_, at) => ({ file: ${JSON.stringify(folder)} + "/f" + at, after: "x".repeat(2000) }));
     writeChanges(${JSON.stringify(folder)}, all);`,
  );
  const tsx = pathToFileURL(require.resolve("tsx")).href;
  const child = spawn(process.execPath, ["--import", tsx, script], { stdio: "ignore" });
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.on("close", (_, signal) => resolve(signal)),
  );
  while (!existsSync(at(JOURNAL)) && child.exitCode === null) await sleep(1);
  await sleep(20);
  child.kill("SIGKILL");
  await ended;
  if (existsSync(at(JOURNAL))) expect(finishWriting(folder)).toHaveLength(count);
  const files = readdirSync(folder).filter((name) => /^f\d+$/.test(name));
  expect(files).toHaveLength(count);
  for (const name of files) expect(readFileSync(at(name), "utf8")).toHaveLength(2_000);
});
