import { z } from "zod";
import { ProjectError } from "../errors";
import type { PlannedResource } from "./plan-json";

export const actionSchema = z.enum([
  ...(["none", "create", "read", "update", "replace", "destroy", "forget", "move"] as const),
  ...(["import", "import-and-update", "import-and-replace"] as const),
]);

/** What Terraform will do with a resource. */
export type Action = z.infer<typeof actionSchema>;

/**
 * By Terraform's `actions`, joined ("JSON Output Format", "Change Representation").
 * `create,forget`, and OpenTofu's `forget,create`: a replacement that leaves the old one. OpenTofu
 * opens ephemeral resources, which changes nothing.
 */
const BY_ACTIONS: Readonly<Record<string, Action>> = {
  "no-op": "none",
  create: "create",
  read: "read",
  update: "update",
  "delete,create": "replace",
  "create,delete": "replace",
  "create,forget": "replace",
  "forget,create": "replace",
  delete: "destroy",
  forget: "forget",
};

const EPHEMERAL: readonly string[] = ["open", "Open", "no-op"];

/**
 * What is planned for a resource, import and move included.
 * @throws ProjectError `plan-action-unknown` (exit 2)
 */
export function actionOf({ address, previous_address: previous, mode, change }: PlannedResource): Action {
  if (mode === "ephemeral" && change.actions.every((one) => EPHEMERAL.includes(one))) return "none";
  const joined = change.actions.join(",");
  const action = BY_ACTIONS[joined];
  const isImported = change.importing !== undefined && change.importing !== null;
  const imported = { none: "import", update: "import-and-update", replace: "import-and-replace" } as const;
  if (action === undefined || (isImported && !(action in imported)))
    throw unknown(address, joined, isImported);
  if (isImported) return imported[action as keyof typeof imported];
  if (action === "none" && previous !== undefined && previous !== address) return "move";
  return action;
}

function unknown(address: string, actions: string, isImported: boolean): ProjectError {
  const what = `${actions}${isImported ? " with an import" : ""}`;
  return new ProjectError({
    code: "plan-action-unknown",
    message: `${address}: unknown action "${what}" in the plan`,
    found: what,
    fix: "check this plan by hand, and report the action as an issue",
    exitCode: 2,
  });
}
