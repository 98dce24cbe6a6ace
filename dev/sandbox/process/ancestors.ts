import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** One process: who started it and which group (a shell's job) it belongs to. */
interface Process {
  readonly parent: number;
  readonly group: number;
}

const MOST_ANCESTORS = 32;
const run = promisify(execFile);

/** Reads one process, or undefined if it is gone. `/proc` where there is one, else `ps`. */
async function readProcess(pid: number): Promise<Process | undefined> {
  const fields = process.platform === "linux" ? await fromProc(pid) : await fromPs(pid);
  const [parent, group] = fields.map(Number);
  return parent === undefined || group === undefined ? undefined : { parent, group };
}

async function fromProc(pid: number): Promise<readonly string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => "");
  // The name, in brackets, may hold blanks and brackets itself; state, parent and group come after
  // it.
  return stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(1, 3);
}

async function fromPs(pid: number): Promise<readonly string[]> {
  const { stdout } = await run("ps", ["-o", "ppid=,pgid=", "-p", String(pid)]).catch(() => ({ stdout: "" }));
  return stdout
    .trim()
    .split(/\s+/)
    .filter((field) => field !== "");
}

/** Each process that this one hangs on, with the parent it must go on having. */
export type Chain = ReadonlyMap<number, number>;

/**
 * This process and its ancestors as far as they belong to the same job: for `npm run`, the node
 * between, a shell, npm. Further up is the terminal or whatever else runs jobs, and a job may
 * outlive that (`nohup`).
 */
export async function readChain(): Promise<Chain> {
  const chain = new Map([[process.pid, process.ppid]]);
  const self = await readProcess(process.pid);
  let pid = process.ppid;
  while (self !== undefined && pid > 1 && pid !== self.group && chain.size < MOST_ANCESTORS) {
    const ancestor = await readProcess(pid);
    if (ancestor === undefined || ancestor.group !== self.group) break;
    chain.set(pid, ancestor.parent);
    pid = ancestor.parent;
  }
  return chain;
}

/** True while every process of the chain still has the parent it had. */
export async function isWhole(chain: Chain): Promise<boolean> {
  for (const [pid, parent] of chain) {
    const now = pid === process.pid ? process.ppid : (await readProcess(pid))?.parent;
    if (now !== parent) return false;
  }
  return true;
}
