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
