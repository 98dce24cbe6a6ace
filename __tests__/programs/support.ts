import { type ChildProcess, execFile } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createProgress, type Progress } from "../../lib/programs/progress";

const folders: string[] = [];
const running = new Set<ChildProcess>();

/** A folder of this test's own. Its name has a space in it, since nothing here may mind one. */
export function scratchFolder(): string {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "tools test-"));
  folders.push(folder);
  return folder;
}

/** Also ends what a test that ran out of time has left running in them. */
export function removeScratchFolders(): void {
  for (const child of running) child.kill("SIGKILL");
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Writes a shell script and makes it a program. */
export async function writeProgram(file: string, script: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

/** Progress that is kept instead of shown. */
export function recordedProgress(): { readonly progress: Progress; readonly text: () => string } {
  const written: string[] = [];
  const progress = createProgress({ stream: { write: (text) => written.push(text) }, env: {} });
  return { progress, text: () => written.join("") };
}

const servers: http.Server[] = [];

/** An HTTP server on loopback; closed by `closeServers`. */
export async function serve(
  listener: http.RequestListener,
): Promise<{ readonly url: string; readonly server: http.Server }> {
  const server = http.createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${portOf(server.address())}`, server };
}

export async function closeServers(): Promise<void> {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}

interface Ended {
  readonly exitCode: number;
  readonly output: string;
}

/** Runs a program to its end and gives its exit code and all that it printed. */
export function runToEnd(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env: NodeJS.ProcessEnv },
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(program, [...args], { ...options, encoding: "utf8" }, (_error, stdout, stderr) => {
      running.delete(child);
      resolve({ exitCode: child.exitCode ?? -1, output: `${stdout}${stderr}` });
    });
    running.add(child);
  });
}
