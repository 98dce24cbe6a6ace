import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectApp } from "../../lib/terraform/project-app";
import { synthesise } from "../../lib/terraform/synthesise";

let project: string;
beforeEach(() => {
  project = realpathSync(mkdtempSync(path.join(tmpdir(), "app-")));
});
afterEach(() => rmSync(project, { recursive: true }));
const write = (name: string, text: string) => writeFileSync(path.join(project, name), text);

test("a project's own program runs in its folder, and writes where it is told", async () => {
  write("app.js", 'require("fs").writeFileSync(process.env.CDKTF_OUTDIR + "/cwd", process.cwd())');
  write("cdktf.json", JSON.stringify({ app: "node app.js" }));
  const output = path.join(project, "out");
  mkdirSync(output);
  await synthesise(output, process.env, project);
  expect(readFileSync(path.join(output, "cwd"), "utf8")).toBe(project);
});

test("its exit code 2, an error in a file, stays 2; any other failure is 1", async () => {
  write("cdktf.json", JSON.stringify({ app: "echo wrong >&2; exit 2" }));
  const failed = { code: "synth-failed", message: expect.stringContaining("wrong") };
  await expect(synthesise("out", process.env, project)).rejects.toMatchObject({ ...failed, exitCode: 2 });
  write("cdktf.json", JSON.stringify({ app: "echo wrong >&2; exit 7" }));
  await expect(synthesise("out", process.env, project)).rejects.toMatchObject({ ...failed, exitCode: 1 });
});

test("without cdktf.json, our program synthesizes what access.yaml says", () => {
  expect(projectApp(project)).toMatchObject({ program: process.execPath, isShell: false });
});

test.each(["{}", '{"app": ""}', '{"app": ["node"]}', "not JSON"])("cdktf.json %s is an error", (text) => {
  write("cdktf.json", text);
  expect(() => projectApp(project)).toThrow(expect.objectContaining({ code: "cdktf-file", exitCode: 2 }));
});
