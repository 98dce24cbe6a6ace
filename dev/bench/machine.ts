import os from "node:os";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly os: string;
  readonly node: string;
  /** Load average over the last minute. Well below 1 on a quiet machine. */
  readonly load: number;
}

/** Describes a machine for the interpretation of measurements, without a name or ID. */
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

/** Whether other programs use so much of the machine that measurements are not reliable. */
export function isBusy({ load, cores }: Pick<Machine, "load" | "cores">): boolean {
  return load > cores / 2;
}
