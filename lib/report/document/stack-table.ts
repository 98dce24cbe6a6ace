import { counted, withSeparators } from "../../describe/list";
import { quoted } from "../../describe/phrase";
import type { Action } from "../../plan/actions";
import type { StackReview } from "../../plan/stack-review";
import { type Block, type Inline, strong } from "./block";
import { withoutEmptyColumns } from "./table";

const COLUMNS: readonly (readonly [title: string, ...actions: Action[]])[] = [
  ["create", "create"],
  ["update", "update", "import-and-update"],
  ["replace", "replace", "import-and-replace"],
  ["destroy", "destroy"],
  ["import", "import", "import-and-update", "import-and-replace"],
  ["move", "move"],
  ["forget", "forget"],
];

function countsOf({ resources, drift }: StackReview): readonly number[] {
  const counts = COLUMNS.map(
    ([, ...actions]) => resources.filter(({ action }) => actions.includes(action)).length,
  );
  return [...counts, drift.length];
}

const TITLES = [...COLUMNS.map(([title]) => title), "drifted"];

/** A row for each stack, a column for each kind of change. */
export function tableOf(stacks: readonly StackReview[]): Block {
  return withoutEmptyColumns({
    kind: "table",
    header: [["Stack"], ...TITLES.map((title) => [title])],
    rows: stacks.map((stack) => [
      [quoted(stack.name), ...stateOf(stack)],
      ...countsOf(stack).map((count, at) => numberOf(count, TITLES[at] ?? "")),
    ]),
  });
}

function stateOf({ failure, isErrored, isIncomplete }: StackReview): Inline {
  if (failure !== undefined) return [" ", strong("could not be planned")];
  if (isErrored) return [" ", strong("plan failed")];
  return isIncomplete ? [" ", strong("incomplete")] : [];
}

function numberOf(count: number, title: string): Inline {
  if (count === 0) return [""];
  return title === "destroy" || title === "replace"
    ? [strong(withSeparators(count))]
    : [withSeparators(count)];
}

/** The totals of all stacks in one line. */
export function totalOf(stacks: readonly StackReview[]): Block {
  return { kind: "paragraph", text: [`${counted(stacks.length, "stack")} with changes: ${sumOf(stacks)}`] };
}

/** Such as `create 2, destroy 1`. */
export function sumOf(stacks: readonly StackReview[]): string {
  const sums = TITLES.map((_, at) => stacks.reduce((sum, stack) => sum + (countsOf(stack)[at] ?? 0), 0));
  return TITLES.flatMap((title, at) =>
    sums[at] === 0 ? [] : [`${title} ${withSeparators(sums[at] ?? 0)}`],
  ).join(", ");
}
