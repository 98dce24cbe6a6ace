import { readAccess } from "../../lib/project/read-access";
import { unlock } from "../../lib/start/unlock/unlock";
import { startHost } from "../host";

/** Runs `oidc unlock`. @param yes do not ask for confirmation */
export async function runUnlock(stack: string, yes?: true): Promise<void> {
  if (!(await unlock(readAccess(), stack, startHost(yes)))) process.exitCode = 1;
}
