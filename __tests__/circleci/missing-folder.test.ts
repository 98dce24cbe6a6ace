import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pipeline } from "../../lib/circleci/pipeline";
import { anAccess, aProject, aRole } from "../fixtures/access";
import { removeScratchFolders, scratchFolder } from "../programs/support";

afterAll(removeScratchFolders);

const access = anAccess({ projects: [aProject({ roles: [aRole()] })] });

test.each([{ write: true as const }, { check: true as const }, {}])(
  "a folder of --file that does not exist is named: %j",
  (options) => {
    const file = path.join(scratchFolder(), "websiet", ".circleci", "config.yml");
    expect(() => pipeline(access, { ...options, file })).toThrow(
      expect.objectContaining({ code: "input-missing", found: file, exitCode: 2 }),
    );
    expect(existsSync(path.dirname(path.dirname(file)))).toBe(false);
  },
);

test("a repository without .circleci gets one", () => {
  const file = path.join(scratchFolder(), ".circleci", "config.yml");
  expect(pipeline(access, { write: true, file })).toContain("written");
  expect(existsSync(file)).toBe(true);
});

test("a .circleci that cannot be a folder is an error, and stays", () => {
  const folder = scratchFolder();
  writeFileSync(path.join(folder, ".circleci"), "");
  const file = path.join(folder, ".circleci", "config.yml");
  expect(() => pipeline(access, { write: true, file })).toThrow(
    expect.objectContaining({ code: "not-written", exitCode: 1 }),
  );
});
