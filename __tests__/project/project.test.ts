import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";
import { pickAccount } from "../../lib/project/pick-account";
import { accountOfStack } from "../../lib/project/pick-stack";
import { accessFile } from "../../lib/project/project-root";
import { readAccess } from "../../lib/project/read-access";
import { anAccess, anAccount, aProject, aRole } from "../fixtures/access";

const main = anAccount();
const other = anAccount({ key: "other", id: "210987654321", stateBucket: "acme-other-state" });
const both = anAccess({
  accounts: [main, other],
  projects: [aProject({ roles: [aRole({ account: other })] })],
});

describe("the file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "read-access-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("is access.yaml, or the one that OIDC_ACCESS_FILE names", () => {
    expect(accessFile({})).toBe("access.yaml");
    expect(accessFile({ OIDC_ACCESS_FILE: "" })).toBe("access.yaml");
    expect(accessFile({ OIDC_ACCESS_FILE: "other.yaml" })).toBe("other.yaml");
  });

  test("of the repository itself is valid, and so is that of the talk", () => {
    for (const name of ["access.yaml", "examples/talk/access.yaml"])
      expect(readAccess(path.join(repositoryRoot, name)).projects).toHaveLength(1);
  });

  test.each<[string, string, (file: string) => void]>([
    ["does not exist", "access-file-missing", () => undefined],
    ["is empty", "access-file", (file) => writeFileSync(file, "")],
    ["is not UTF-8", "access-file-not-utf8", (file) => writeFileSync(file, Buffer.from([0xff, 0xfe, 0x41]))],
    ["is huge", "access-file-too-large", (file) => writeFileSync(file, "#".repeat(5 * 1024 * 1024 + 1))],
  ])("that %s ends with exit code 2", (_, code, write) => {
    const file = path.join(folder, "access.yaml");
    write(file);
    expect(() => readAccess(file)).toThrow(
      expect.objectContaining({ code: expect.stringContaining(code), exitCode: 2 }),
    );
  });

  test("that is a folder ends with exit code 2", () => {
    expect(() => readAccess(folder)).toThrow(
      expect.objectContaining({ code: "access-file-unreadable", exitCode: 2 }),
    );
  });
});

describe("an account", () => {
  test("is the only one, or the named one", () => {
    expect(pickAccount(anAccess(), undefined)).toEqual(main);
    expect(pickAccount(both, "other")).toBe(other);
  });

  test.each([
    [undefined, "account-needed", "main, other"],
    ["othr", "unknown-account", 'did you mean "other"'],
    ["x", "unknown-account", "main, other"],
  ])("%s, of two, is an error", (key, code, fix) => {
    expect(() => pickAccount(both, key)).toThrow(
      expect.objectContaining({ code, exitCode: 2, fix: expect.stringContaining(fix) }),
    );
  });
});

describe("a stack", () => {
  test("belongs to its account", () => {
    expect(accountOfStack(both, "main-state")).toBe(main);
    expect(accountOfStack(both, "other-website")).toBe(other);
  });

  test.each([
    ["other-websit", 'did you mean "other-website"'],
    ["main-website", "main-state"],
    ["x", "main-state, main-identity, other-state, other-identity, other-website"],
  ])("%s is an error", (stack, fix) => {
    expect(() => accountOfStack(both, stack)).toThrow(
      expect.objectContaining({ code: "unknown-stack", exitCode: 2, fix: expect.stringContaining(fix) }),
    );
  });
});
