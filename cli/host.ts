import { stacksIn } from "../lib/deliver/stacks/synthesised-stacks";
import { createProgress } from "../lib/programs/progress";
import type { DeployHost } from "../lib/start/deploy/deploy-call";
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

/** This process, as a deploy sees it. @param output folder of the synthesized stacks */
export function deployHost(output: string): DeployHost & Pick<StartHost, "confirm"> {
  return {
    say: print,
    note,
    confirm,
    progress: createProgress(),
    stackNames: () => stacksIn(output, []).map(({ name }) => name),
  };
}
