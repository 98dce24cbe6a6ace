import type { StartHost } from "../lib/start/host";
import { confirm } from "../lib/terminal/confirm";
import { note, print } from "../lib/terminal/output";

/** This process, as the commands of lib/start see it. @param yes `--yes` was given */
export function startHost(yes?: true): StartHost {
  return {
    env: process.env,
    folder: process.cwd(),
    say: print,
    note,
    confirm: async (question) => yes === true || confirm(question),
  };
}
