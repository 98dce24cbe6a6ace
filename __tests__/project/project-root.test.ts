import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  accessFile,
  accessFileKey,
  accessOf,
  outputFolder,
  projectRoot,
} from "../../lib/project/project-root";

let top: string;
beforeEach(() => {
  top = realpathSync(mkdtempSync(path.join(tmpdir(), "root-")));
  // The search for a project never leaves the repository, whatever lies in the folders above.
  mkdirSync(path.join(top, ".git"));
});
afterEach(() => rmSync(top, { recursive: true }));

function folder(...names: readonly string[]): string {
  const at = path.join(top, ...names);
  mkdirSync(at, { recursive: true });
  return at;
}
const file = (...names: readonly string[]) => writeFileSync(path.join(top, ...names), "");

describe("the project's folder", () => {
  test.each(["access.yaml", "cdktf.json"])("is the nearest with %s, from any subfolder", (name) => {
    const deep = folder("infra", "docs", "deep");
    file(name);
    expect(projectRoot({}, deep)).toBe(top);
    file("infra", name);
    expect(projectRoot({}, deep)).toBe(path.join(top, "infra"));
    expect(projectRoot({}, top)).toBe(top);
  });

  test("is the working directory if there is none", () => {
    const deep = folder("a", "b");
    expect(projectRoot({}, deep)).toBe(deep);
    expect(accessFile({}, deep)).toBe("access.yaml");
  });

  test("is never above the git repository", () => {
    file("access.yaml");
    folder("nested", ".git");
    expect(projectRoot({}, folder("nested", "src"))).toBe(path.join(top, "nested", "src"));
  });

  test("with OIDC_ACCESS_FILE, is the nearest with cdktf.json, else the working directory", () => {
    const config = folder("config");
    file("config", "access.yaml");
    const env = { OIDC_ACCESS_FILE: path.join(config, "access.yaml") };
    expect(projectRoot(env, folder("src"))).toBe(path.join(top, "src"));
    file("cdktf.json");
    expect(projectRoot(env, folder("src"))).toBe(top);
  });
});

describe("from a subfolder", () => {
  test("paths are relative to it, and the key of access.yaml is the same as in the project", () => {
    file("access.yaml");
    const deep = folder("a", "b");
    expect(accessFile({}, deep)).toBe(path.join("..", "..", "access.yaml"));
    expect(outputFolder({}, deep)).toBe(path.join("..", "..", "cdktf.out"));
    expect([accessFileKey({}), accessFile({}, top)]).toEqual(["access.yaml", "access.yaml"]);
  });

  test("a path in the environment is relative to it, for programs in the project's folder too", () => {
    const deep = folder("a");
    const env = { OIDC_ACCESS_FILE: "other.yaml", CDKTF_OUTDIR: "out" };
    expect([accessFile(env, deep), accessFileKey(env), outputFolder(env, deep)]).toEqual([
      "other.yaml",
      "other.yaml",
      "out",
    ]);
    expect(accessOf(top, env, deep)).toEqual({ OIDC_ACCESS_FILE: path.join(deep, "other.yaml") });
    expect([accessOf(deep, env, deep), accessOf(top, {}, deep)]).toEqual([{}, {}]);
  });
});
