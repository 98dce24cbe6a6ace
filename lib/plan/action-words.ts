import type { Action } from "./actions";

/** Actions that destroy an object: a report lists them first and omits them last. */
const DESTRUCTIVE: ReadonlySet<Action> = new Set(["destroy", "replace", "import-and-replace"]);

export function isDestructive({ action }: { readonly action: Action }): boolean {
  return DESTRUCTIVE.has(action);
}

/** What Terraform does with a resource, as a word in a report. */
export const ACTION_WORDS: Readonly<Record<Action, string>> = {
  none: "nothing",
  create: "create",
  read: "read",
  update: "update",
  replace: "replace",
  destroy: "destroy",
  forget: "forget (stays in AWS)",
  move: "move",
  import: "import",
  "import-and-update": "import and update",
  "import-and-replace": "import and replace",
};

/** The same as Terraform says it after an address (`internal/command/views/json`, "Plan"). */
export const ACTION_SENTENCES: Readonly<Record<Action, string>> = {
  none: "does not change",
  create: "will be created",
  read: "will be read during apply",
  update: "will be updated in-place",
  replace: "must be replaced",
  destroy: "will be destroyed",
  forget: "will no longer be managed by Terraform, but will not be destroyed",
  move: "has moved",
  import: "will be imported",
  "import-and-update": "will be imported and updated in-place",
  "import-and-replace": "will be imported and must be replaced",
};

/** Of changes made outside of Terraform. */
export const DRIFT_SENTENCES: Readonly<Partial<Record<Action, string>>> = {
  create: "has been created",
  update: "has changed",
  destroy: "has been deleted",
};
