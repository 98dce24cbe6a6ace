import os from "node:os";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly os: string;
  readonly node: string;
  /**
   * Programs that wanted to run, on average over the last minute. On a quiet machine well below 1.
   */
  readonly load: number;
}

/** What to know about a machine to judge its figures; nothing that names it. */
export function describeMachine(): Machine {
  const cpus = os.cpus();
  return {
    cpu: cpus[0]?.model ?? "unknown",
    cores: cpus.length,
    memoryBytes: os.totalmem(),
    os: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.versions.node,
    load: os.loadavg()[0] ?? 0,
  };
}

/** Above this, others use so much of the machine that times say as much about them as about us. */
export function isBusy({ load, cores }: Pick<Machine, "load" | "cores">): boolean {
  return load > cores / 2;
}
