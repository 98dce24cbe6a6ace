import { exec, execFile, execFileSync, execSync, fork, spawn, spawnSync } from "node:child_process";
import { run } from "../../../lib/process/run";

const STARTERS = { exec, execFile, execFileSync, execSync, fork, spawn, spawnSync };

test.each(Object.entries(STARTERS))("a unit test cannot start a process: %s", (_, start) => {
  expect(() => start("node")).toThrow("a unit test starts no process");
});

test("nor can our own code in a unit test", () => {
  expect(() => run("node", [])).toThrow("a unit test starts no process");
});
