import { writeMoment } from "../../lib/config/rules/moment";
import { accessFile } from "../../lib/project/project-root";
import { readMoment } from "../../lib/project/read-moment";
import { type GrantOptions, grant } from "../../lib/start/grants/grant";
import { printGranted, printPruned, prunedAsJson } from "../../lib/start/grants/print";
import { prune } from "../../lib/start/grants/prune";
import { print, printAsJson } from "../../lib/terminal/output";

export interface PruneCall {
  readonly at?: string;
  readonly dryRun?: boolean;
  readonly json?: true;
}

export interface GrantCall extends Omit<GrantOptions, "name" | "role"> {
  readonly dryRun?: boolean;
  readonly json?: true;
}

/** Runs `oidc prune`. */
export function runPrune({ at, dryRun = false, json }: PruneCall): void {
  const pruned = prune(accessFile(), at === undefined ? now() : readMoment(at), dryRun);
  if (json === true) printAsJson(prunedAsJson(pruned));
  else print(printPruned(pruned, dryRun));
}

/** Runs `oidc grant`. */
export function runGrant(name: string, role: string, { dryRun = false, json, ...options }: GrantCall): void {
  const granted = grant(accessFile(), { ...options, name, role }, now(), dryRun);
  if (json === true) printAsJson(JSON.stringify(granted, null, 2));
  else print(printGranted(granted, dryRun));
}

function now(): string {
  return writeMoment(Date.now());
}
