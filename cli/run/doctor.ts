import { createProgress } from "../../lib/programs/progress";
import { stops } from "../../lib/start/doctor/checks/check-result";
import { doctor } from "../../lib/start/doctor/doctor";
import { printDoctor } from "../../lib/start/doctor/print";
import { print, printAsJson } from "../../lib/terminal/output";
import { startHost } from "../host";

export interface DoctorOptions {
  readonly account?: string;
  readonly json?: true;
}

/** Runs `oidc doctor`. */
export async function runDoctor({ account, json }: DoctorOptions): Promise<void> {
  const results = await doctor(account, { ...startHost(), progress: createProgress() });
  const blocking = results.filter(stops).length;
  if (json === true) printAsJson(JSON.stringify({ checks: results, stops: blocking }, null, 2));
  else print(printDoctor(results, process.stdout.columns));
  if (blocking > 0) process.exitCode = 1;
}
