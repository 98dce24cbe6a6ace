import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning } from "../../dev/tools/sandbox-support";
import { repositoryRoot } from "../../lib/programs/cache";
import { withLock } from "../../setup/lock.cjs";
import { removeScratchFolders, scratchFolder } from "../programs/support";

afterAll(removeScratchFolders);

/** The id of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ["-e", ""]).pid;
}

function owner(pid: number, host = hostname()): string {
  return JSON.stringify({ token: "other", pid, host });
}

describe("a lock between processes", () => {
  it("admits one process at a time, each in turn, and leaves no file", async () => {
    const file = path.join(scratchFolder(), "a", "lock");
    let inside = 0;
    let most = 0;
    let waited = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(20);
      inside -= 1;
    };
    const onWait = () => {
      waited += 1;
    };
    await Promise.all(Array.from({ length: 5 }, () => withLock(file, work, { onWait })));
    expect({ most, waited, left: existsSync(file) }).toEqual({ most: 1, waited: 4, left: false });
  });

  it("is released when the work fails", async () => {
    const file = path.join(scratchFolder(), "lock");
    await expect(withLock(file, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await withLock(file, async () => "done")).toBe("done");
  });

  it("is broken if its owner is dead, by one of several waiting processes", async () => {
    const file = path.join(scratchFolder(), "lock");
    await writeFile(file, owner(deadPid()));
    let inside = 0;
    const work = async () => {
      inside += 1;
      await sleep(50);
      expect(inside).toBe(1);
      inside -= 1;
    };
    await Promise.all([withLock(file, work), withLock(file, work), withLock(file, work)]);
  });

  it("outlives its killed owner while a child that shares it lives", async () => {
    const file = path.join(scratchFolder(), "lock");
    const code = `
      const { spawn } = require("node:child_process");
      require(process.argv[1]).withLock(process.argv[2], (shareWith) => {
        const child = spawn("sleep", ["60"]);
        shareWith(child.pid);
        console.log(child.pid);
        return new Promise(() => undefined);
      });`;
    const lock = path.join(repositoryRoot, "setup", "lock.cjs");
    const killed = spawn(process.execPath, ["-e", code, lock, file], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [said] = await once(killed.stdout, "data");
    const child = Number(String(said));
    try {
      killed.kill("SIGKILL");
      await once(killed, "exit");
      let done = false;
      const waiting = withLock(file, async () => {
        done = true;
      });
      await sleep(500);
      expect(done).toBe(false);
      process.kill(child, "SIGKILL");
      await waiting;
    } finally {
      if (isRunning(child)) process.kill(child, "SIGKILL");
    }
  });

  it("is broken if an owner on another machine has not renewed it for minutes, not before", async () => {
    const file = path.join(scratchFolder(), "lock");
    await writeFile(file, owner(1, "elsewhere.example"));
    let done = false;
    const waiting = withLock(file, async () => {
      done = true;
    });
    await sleep(300);
    expect(done).toBe(false);
    const longAgo = new Date(Date.now() - 200_000);
    await utimes(file, longAgo, longAgo);
    await waiting;
    expect(done).toBe(true);
  });
});
