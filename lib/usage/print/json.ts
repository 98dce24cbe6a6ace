import type { Usage } from "../answer/usage";

/** The format of `--json`, which programs rely on. */
export function printUsageAsJson(usage: Usage): string {
  return JSON.stringify({ usage }, null, 2);
}
