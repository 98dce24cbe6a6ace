import { compareText } from "../collections/sort";
import { ProjectError } from "../errors";
import { maskShown } from "./mask-change";
import type { PlanJson, PlannedOutput } from "./plan-json";
import type { OutputChange } from "./resource-change";
import { hasMark } from "./sensitive/marks";
import type { Mask } from "./sensitive/masking";
import { type Side, shown } from "./side";

const BY_ACTION: ReadonlyMap<string, OutputChange["action"] | "none"> = new Map([
  ["no-op", "none"],
  ["create", "create"],
  ["update", "update"],
  ["delete", "destroy"],
]);

/**
 * Changes of the outputs, by name. Nothing to do: not listed.
 * @throws ProjectError `plan-action-unknown` (exit 2)
 */
export function outputsIn({ output_changes: outputs }: PlanJson, mask: Mask): readonly OutputChange[] {
  return Object.entries(outputs)
    .toSorted(([one], [other]) => compareText(one, other))
    .flatMap(([name, output]) => {
      const action = actionOf(mask(name), output);
      if (action === "none") return [];
      const [before, after] = sidesOf(output);
      const values = { before: maskShown(shown(before), mask), after: maskShown(shown(after), mask) };
      return [{ name: mask(name), action, ...values }];
    });
}

/**
 * A plan knows only of the whole output whether it is sensitive, before or after; a part that is
 * marked counts for the whole.
 */
function sidesOf(output: PlannedOutput): readonly [Side, Side] {
  const sensitive = hasMark(output.before_sensitive) || hasMark(output.after_sensitive);
  return [
    { value: output.before, sensitive: sensitive && isThere(output.before), unknown: undefined },
    {
      value: output.after,
      sensitive: sensitive && (isThere(output.after) || hasMark(output.after_unknown)),
      unknown: output.after_unknown,
    },
  ];
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function actionOf(name: string, { actions }: PlannedOutput): OutputChange["action"] | "none" {
  const joined = actions.join(",");
  const action = BY_ACTION.get(joined);
  if (action !== undefined) return action;
  throw new ProjectError({
    code: "plan-action-unknown",
    message: `output ${name}: unknown action "${joined}" in the plan`,
    found: joined,
    fix: "check this plan by hand, and report the action as an issue",
    exitCode: 2,
  });
}
