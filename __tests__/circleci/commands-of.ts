import { deploySteps } from "../../lib/circleci/deploys/deploy-steps";
import type { Deploys } from "../../lib/config/model/deploys-model";
import { anAccount } from "../fixtures/access";

/** The commands of a job's presets, in order; a step that is no command by its name. */
export function commandsOf(deploys: Deploys, hasDocker = false): readonly string[] {
  return deploySteps({ deploys, account: anAccount() }, hasDocker).map((step) =>
    typeof step === "object" && "run" in step ? step.run.command : String(step),
  );
}
