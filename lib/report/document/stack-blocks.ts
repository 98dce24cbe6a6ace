import { counted } from "../../describe/list";
import { quoted } from "../../describe/phrase";
import { isDestructive } from "../../plan/action-words";
import type { FailedCheck, OutputChange, ResourceChange } from "../../plan/resource-change";
import type { StackReview } from "../../plan/stack-review";
import { stackHasChanges } from "../model/has-changes";
import type { Review } from "../model/review";
import { type Block, type DiffLine, strong } from "./block";
import type { Detail } from "./detail";
import { invocationBlocks } from "./invocation-blocks";
import { resourceBlocks } from "./resource-blocks";
import { sumOf, tableOf, totalOf } from "./stack-table";
import { shortened, textOf } from "./value-lines";

/** The table of stacks, then the details of each, folded. */
export function stackBlocks({ stacks, leftOut }: Review, detail: Detail): readonly Block[] {
  const changed = stacks.filter(stackHasChanges);
  const quiet = stacks.filter((stack) => !stackHasChanges(stack));
  const skipped = leftOut.filter(({ isErrored }) => isErrored !== true);
  return [
    { kind: "heading", text: ["Stacks"] },
    ...(detail.resources === "counts" ? [totalOf(changed)] : changed.length === 0 ? [] : [tableOf(changed)]),
    ...(quiet.length === 0 ? [] : [namesOf(quiet, "without changes", detail)]),
    ...(skipped.length === 0 ? [] : [leftOutOf(skipped, detail)]),
    ...(detail.resources === "all"
      ? changed.flatMap((stack) => oneStack(stack, detail))
      : destructive(changed, detail)),
  ];
}

function namesOf(stacks: readonly StackReview[], what: string, { unchanged, resources }: Detail): Block {
  const isShort = !unchanged || resources === "counts";
  const names = isShort ? [] : stacks.flatMap(({ name }, at) => [at === 0 ? ": " : ", ", quoted(name)]);
  return { kind: "paragraph", text: [`${counted(stacks.length, "stack")} ${what}`, ...names] };
}

function leftOutOf(leftOut: Review["leftOut"], detail: Detail): Block {
  const what = `${counted(leftOut.length, "stack")} skipped`;
  if (!detail.unchanged) return { kind: "paragraph", text: [what] };
  return {
    kind: "details",
    summary: [what],
    blocks: [
      {
        kind: "list",
        items: leftOut.map(({ name, reason }) => ({ text: [quoted(name), ": ", quoted(reason)] })),
      },
    ],
  };
}

/** Only what destroys or replaces, of all stacks. */
function destructive(stacks: readonly StackReview[], detail: Detail): readonly Block[] {
  const all = stacks.flatMap(({ name, resources }) =>
    resources.filter(isDestructive).map((change) => ({ name, change })),
  );
  const shown = all.slice(0, detail.most);
  const names = [...new Set(shown.map(({ name }) => name))];
  const left = all.length - shown.length;
  return [
    ...names.flatMap((stack): readonly Block[] => {
      const changes = shown.filter(({ name }) => name === stack).map(({ change }) => change);
      return [
        { kind: "paragraph", text: [quoted(stack)] },
        ...resourceBlocks(changes, { ...detail, attributes: "none" }),
      ];
    }),
    ...(left === 0
      ? []
      : [
          {
            kind: "paragraph",
            text: [strong(`${counted(left, "more resource")} destroyed or replaced`)],
          } as const,
        ]),
  ];
}

function oneStack(stack: StackReview, detail: Detail): readonly Block[] {
  const { name, isIncomplete, resources, drift, deferred, outputs, checks } = stack;
  const { actions = [], newerFormat } = stack;
  const blocks: readonly Block[] = [
    ...(newerFormat === undefined
      ? []
      : [
          {
            kind: "paragraph",
            text: [
              `This plan has format version ${newerFormat}, which is newer than this release: what only that version has is not examined.`,
            ],
          } as const,
        ]),
    ...(isIncomplete
      ? [
          {
            kind: "paragraph",
            text: ["Some changes are deferred to a later plan. The changes below are incomplete."],
          } as const,
        ]
      : []),
    ...titled("Objects have changed outside of Terraform:", drift, detail, "drift"),
    ...(drift.length === 0 ? [] : titled("Terraform will perform:", resources, detail)),
    ...(drift.length === 0 ? resourceBlocks(resources, detail) : []),
    ...titled("Deferred to a later plan:", deferred, detail),
    ...invocationBlocks(actions),
    ...outputBlocks(outputs, detail),
    ...checkBlocks(checks),
  ];
  if (blocks.length === 0) return [];
  const counts = sumOf([stack]);
  return [{ kind: "details", summary: [quoted(name), counts === "" ? "" : `: ${counts}`], blocks }];
}

function titled(
  title: string,
  changes: readonly ResourceChange[],
  detail: Detail,
  source: "plan" | "drift" = "plan",
): readonly Block[] {
  if (changes.length === 0) return [];
  return [{ kind: "paragraph", text: [title] }, ...resourceBlocks(changes, detail, source)];
}

function outputBlocks(
  outputs: readonly OutputChange[],
  { attributes, valueCharacters }: Detail,
): readonly Block[] {
  if (outputs.length === 0) return [];
  if (attributes !== "values")
    return [{ kind: "paragraph", text: [`${counted(outputs.length, "output")} change`] }];
  const lines = outputs.flatMap(({ name, before, after }): readonly DiffLine[] => [
    ...(before.kind === "absent"
      ? []
      : [{ mark: "-", text: `${name} = ${shortened(textOf(before), valueCharacters)}` } as const]),
    ...(after.kind === "absent"
      ? []
      : [{ mark: "+", text: `${name} = ${shortened(textOf(after), valueCharacters)}` } as const]),
  ]);
  return [
    { kind: "paragraph", text: ["Outputs:"] },
    { kind: "diff", lines },
  ];
}

function checkBlocks(checks: readonly FailedCheck[]): readonly Block[] {
  if (checks.length === 0) return [];
  return [
    { kind: "paragraph", text: ["Checks that did not pass:"] },
    {
      kind: "list",
      items: checks.map(({ address, status, problems }) => ({
        text: [strong(status), ": ", quoted(address)],
        items: problems.map((problem) => ({ text: [quoted(problem)] })),
      })),
    },
  ];
}
