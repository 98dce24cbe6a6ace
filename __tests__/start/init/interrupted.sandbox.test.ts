import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { ownProgram } from "../../../lib/programs/own-program";

/**
 * A terminal of its own: answers the first question, and presses Ctrl-C at the second. Prints the
 * exit code.
 */
const AT_A_TERMINAL = `
import os, pty, select, sys, time
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
said, step, until = b"", 0, time.time() + 45
while time.time() < until:
    if select.select([terminal], [], [], 0.2)[0]:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        said += part
    if step == 0 and b"host/owner/name: " in said:
        os.write(terminal, b"github.com/acme/website\\r")
        step = 1
    elif step == 1 and b"[website]: " in said:
        os.write(terminal, b"\\x03")
        step = 2
print(step, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), said.decode())
`;

test("Ctrl-C at a question ends the command, and nothing is written", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "init-interrupted-"));
  try {
    const oidc = [...ownProgram("cli/oidc.ts"), "init"];
    const { CIRCLE_TOKEN: _, AWS_PROFILE: __, AWS_ACCESS_KEY_ID: ___, ...env } = process.env;
    const { stdout } = await promisify(execFile)("python3", ["-c", AT_A_TERMINAL, ...oidc], {
      cwd: folder,
      env: {
        ...env,
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_CONFIG_FILE: "/dev/null",
        AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      },
    });
    expect(stdout).toMatch(/^2 1 /);
    expect(stdout).toContain("error[interrupted]: nothing was written");
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
