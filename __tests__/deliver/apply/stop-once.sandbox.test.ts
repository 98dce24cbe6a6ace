import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ownProgram } from "../../../lib/programs/own-program";

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s twice at once reaches the program once, and it is waited for",
  async (signal) => {
    const folder = mkdtempSync(path.join(tmpdir(), "stop-"));
    try {
      const log = path.join(folder, "log");
      const [node, ...args] = ownProgram("__tests__/deliver/apply/stop-once.child.ts");
      const child = spawn(node, [...args, log], { stdio: ["ignore", "pipe", "inherit"], detached: true });
      let said = "";
      child.stdout.on("data", (text) => {
        said += text;
        if (String(text).includes("ready")) for (let times = 0; times < 2; times += 1) child.kill(signal);
      });
      const code = await new Promise((resolve) => child.on("close", resolve));
      expect(said).toBe(`ready\nasked\nover\nended 0 after ${signal}\n`);
      expect([code, readFileSync(log, "utf8")]).toEqual([0, "got\n"]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
