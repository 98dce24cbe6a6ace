import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readTimes, writeTimes } from "../../../lib/deliver/shards/times";

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "times-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("times are kept for current stacks; new times replace old ones", () => {
  const file = path.join(folder, "times.json");
  expect(readTimes(file)).toEqual({});
  writeTimes(file, { a: 1, b: 2, gone: 3 }, { b: 4.25, c: 5.678 }, ["c", "b", "a", "never"]);
  expect(readTimes(file)).toEqual({ a: 1, b: 4.3, c: 5.7 });
  expect(readFileSync(file, "utf8").indexOf('"a"')).toBeLessThan(readFileSync(file, "utf8").indexOf('"b"'));
});

test.each([
  "",
  "{",
  "[]",
  '{"version":2,"seconds":{}}',
  '{"version":1,"seconds":{"a":-1}}',
  '{"version":1,"seconds":{"../a":1}}',
])("%j is not a file of times", (text) => {
  const file = path.join(folder, "times.json");
  writeFileSync(file, text);
  expect(readTimes(file)).toBeUndefined();
});
