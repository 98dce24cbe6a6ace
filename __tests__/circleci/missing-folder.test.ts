import { existsSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
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

test("below the top of the repository, where CircleCI does not look, it is written with a warning", () => {
  const top = realpathSync(scratchFolder());
  const before = process.cwd();
  const writtenIn = (...names: readonly string[]): readonly string[] => {
    const folder = path.join(top, ...names);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "access.yaml"), "");
    const warnings: string[] = [];
    process.chdir(folder);
    try {
      pipeline(access, { write: true }, (one) => warnings.push(one));
    } finally {
      process.chdir(before);
    }
    expect(existsSync(path.join(folder, ".circleci", "config.yml"))).toBe(true);
    return warnings;
  };
  // A worktree has a file of this name.
  writeFileSync(path.join(top, ".git"), "");
  expect(writtenIn("infra")).toEqual([
    expect.stringMatching(
      /^\.circleci\/config\.yml is not at the top .* --write --file \.\.\/\.circleci\/config\.yml$/,
    ),
  ]);
  expect(writtenIn()).toEqual([]);
});

test("a .circleci that cannot be a folder is an error, and stays", () => {
  const folder = scratchFolder();
  writeFileSync(path.join(folder, ".circleci"), "");
  const file = path.join(folder, ".circleci", "config.yml");
  expect(() => pipeline(access, { write: true, file })).toThrow(
    expect.objectContaining({ code: "not-written", exitCode: 1 }),
  );
});
