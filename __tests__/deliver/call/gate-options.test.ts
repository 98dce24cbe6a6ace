import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readAccepted, readFailOn } from "../../../lib/deliver/call/gate-options";
import { codeOf } from "../../fixtures/project-error";

const [ONE, OTHER] = ["broader-3f9c2a1b04de", "import-and-replace-0123456789ab"];
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "accept-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function inFile(text: string): string {
  const file = path.join(folder, "accepted");
  writeFileSync(file, text);
  return file;
}

test("ids from --accept and from a file are merged", () => {
  const ids = (words: readonly string[], text?: string) =>
    new Set(readAccepted(words, text === undefined ? undefined : inFile(text)).map(({ id }) => id));
  expect(ids([`${ONE}, ${OTHER}`])).toEqual(new Set([ONE, OTHER]));
  expect(ids([ONE], `# why\n${ONE} # seen by alice\r\n\n${OTHER}\n`)).toEqual(new Set([ONE, OTHER]));
  expect(ids([], "# nothing yet\n")).toEqual(new Set());
});

test.each([
  ["all"],
  [""],
  ["broader-"],
  ["broader-3f9c2a1b04d"],
  ["broader-3F9C2A1B04DE"],
  [`${ONE},`],
  ["*"],
])("%j is not a valid ID", (word) => {
  expect(codeOf(() => readAccepted([word], undefined))).toBe("wrong-call 2");
});

test("an invalid line is an error with its place", () => {
  expect(() => readAccepted([], inFile(`${ONE}\n${ONE} ${OTHER}\n`))).toThrow(/accepted:2: /);
  expect(codeOf(() => readAccepted([], inFile("everything")))).toBe("accept-not-read 2");
  expect(codeOf(() => readAccepted([], path.join(folder, "missing")))).toBe("input-missing 2");
});

test("--fail-on accepts only its documented values", () => {
  expect(readFailOn("broader, drift")).toEqual(["broader", "drift"]);
  expect(readFailOn(undefined)).toEqual([]);
  for (const wrong of ["", "broder", "broader,"])
    expect(codeOf(() => readFailOn(wrong))).toBe("wrong-call 2");
});
