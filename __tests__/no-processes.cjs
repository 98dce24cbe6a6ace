// What `node:child_process` is in a unit test (jest.config.cjs). Packages import it and may never
// call it, so loading it is no error; starting a process is.
const NAMES = ["exec", "execFile", "execFileSync", "execSync", "fork", "spawn", "spawnSync"];

function refuse(name) {
  return () => {
    throw new Error(
      `child_process.${name}: a unit test starts no process. Name the file *.sandbox.test.ts, ` +
        "or move it to __tests__/e2e if it runs Terraform.",
    );
  };
}

module.exports = {
  ...Object.fromEntries(NAMES.map((name) => [name, refuse(name)])),
  ChildProcess: class ChildProcess {},
};
