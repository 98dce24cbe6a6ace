import { accountView } from "../../config/model/account-view";
import type { Access } from "../../config/model/model";
import type { Progress } from "../../programs/progress";
import type { CdktfRun } from "../../terraform/cdktf";

/** What deploying needs from the process that runs it. */
export interface DeployHost {
  readonly say: (text: string) => void;
  readonly note: (text: string) => void;
  readonly progress: Progress;
  /** The names of the synthesized stacks. */
  readonly stackNames: () => readonly string[];
}

export interface DeployCall extends Omit<CdktfRun, "onEvent"> {
  readonly access: Access;
}

/** The stacks that access.yaml declares. An `app` of the user's own may have more. */
export function declaredStacks(access: Access): readonly string[] {
  return access.accounts.flatMap((account) => accountView(access, account).stackNames);
}
