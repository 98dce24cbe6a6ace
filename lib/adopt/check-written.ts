import { parallelism } from "../deliver/call/parallelism";
import type { Progress } from "../programs/progress";
import { readAccess } from "../project/read-access";
import { hasPluginCache } from "../terraform/cli-config";
import { prepareTools } from "../terraform/prepare";
import { synthesise } from "../terraform/synthesise";
import { Terraform } from "../terraform/terraform";
import { transfersToCheck } from "./adopt";
import type { AdoptionCheck } from "./check/adoption-check";
import { checkAdoption } from "./check/check";

interface CheckWritten {
  /** Path of access.yaml. */
  readonly accessFile: string;
  /** Key of the account; undefined: the only one that imports.json names. */
  readonly account: string | undefined;
  /** Folder for the synthesized stacks. */
  readonly output: string;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
}

/**
 * Synthesizes the stacks from the files as they are, and plans those that import or forget
 * anything.
 * @throws ProjectError of `transfersToCheck`, `prepareTools`, `synthesise` and `checkAdoption`
 */
export async function checkWritten(options: CheckWritten): Promise<AdoptionCheck> {
  const { accessFile, account, output, progress } = options;
  const transfers = transfersToCheck(account, accessFile);
  const tools = await prepareTools(["terraform", "provider"], {
    progress,
    access: readAccess(accessFile),
    accessFile,
  });
  const env = { ...options.env, ...tools.environment };
  await progress.step("synthesize the stacks", () => synthesise(output, env));
  return checkAdoption(transfers, {
    terraform: new Terraform(tools.terraform, env),
    output,
    atOnce: parallelism(undefined),
    initsAlone: hasPluginCache(env),
    step: (what, task) => progress.step(what, task),
  });
}
