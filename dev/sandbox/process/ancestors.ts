import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** A process with its parent and its process group (a shell job). */
interface Process {
  readonly parent: number;
  readonly group: number;
}

const MAX_ANCESTORS = 32;
const run = promisify(execFile);

/** Undefined if the process has ended. Reads `/proc` where it exists, otherwise `ps`. */
async function readProcess(pid: number): Promise<Process | undefined> {
  const fields = process.platform === "linux" ? await fromProc(pid) : await fromPs(pid);
  const [parent, group] = fields.map(Number);
  return parent === undefined || group === undefined ? undefined : { parent, group };
}

async function fromProc(pid: number): Promise<readonly string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => "");
  // The name is in parentheses and can contain spaces and parentheses itself. State, parent and
  // group follow it.
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

/** Processes that this one depends on, with the parent that each has to keep. */
type Chain = ReadonlyMap<number, number>;

/**
 * This process and its ancestors in the same job: for `npm run`, the Node process between, a shell
 * and npm. The job can outlive the ancestors above it, such as the terminal (`nohup`).
 */
export async function readChain(): Promise<Chain> {
  const chain = new Map([[process.pid, process.ppid]]);
  const self = await readProcess(process.pid);
  let pid = process.ppid;
  while (self !== undefined && pid > 1 && pid !== self.group && chain.size < MAX_ANCESTORS) {
    const ancestor = await readProcess(pid);
    if (ancestor === undefined || ancestor.group !== self.group) break;
    chain.set(pid, ancestor.parent);
    pid = ancestor.parent;
  }
  return chain;
}

/** Whether every process of the chain still has its parent. */
export async function isIntact(chain: Chain): Promise<boolean> {
  for (const [pid, parent] of chain) {
    const now = pid === process.pid ? process.ppid : (await readProcess(pid))?.parent;
    if (now !== parent) return false;
  }
  return true;
}
