import { counted, withSeparators } from "../../describe/list";
import { quoted } from "../../describe/phrase";
import type { Review } from "../model/review";
import { type Block, type DiffLine, type Inline, strong } from "./block";
import type { Detail } from "./detail";
import { shortened } from "./value-lines";

/** Terraform's own message is not cut below so many characters. */
const LEAST_MESSAGE = 1_000;

interface Failure {
  readonly names: readonly string[];
  /** Undefined: Terraform wrote a plan all the same, which says no more. */
  readonly message: string | undefined;
}

/**
 * Stacks that could not be planned, above all else and not folded: how many of how many, which,
 * with Terraform's own error, and what the rest of the report is about. A reason that stacks share
 * is told once.
 */
export function failureBlocks({ stacks, leftOut }: Review, detail: Detail): readonly Block[] {
  const notPlanned = leftOut.filter(({ isErrored }) => isErrored === true);
  const errored = stacks.filter(({ isErrored }) => isErrored);
  const failed = notPlanned.length + errored.length;
  if (failed === 0) return [];
  const total = stacks.length + notPlanned.length;
  const partial = errored.filter(({ failure }) => failure === undefined);
  const failures = grouped([
    ...notPlanned.map(({ name, reason }) => ({ name, message: reason })),
    ...errored.map(({ name, failure }) => ({ name, message: failure })),
  ]);
  return [
    {
      kind: "paragraph",
      text: [
        strong(`${withSeparators(failed)} of ${counted(total, "stack")} could not be planned.`),
        ` ${restOf(total - failed, partial.length)}`,
      ],
    },
    ...failures.slice(0, detail.most).flatMap(({ names, message }): readonly Block[] => [
      { kind: "paragraph", text: namesOf(names, message, detail.most) },
      ...(message === undefined
        ? []
        : [
            {
              kind: "diff",
              lines: messageLines(shortened(message, Math.max(detail.valueCharacters, LEAST_MESSAGE))),
            } as const,
          ]),
    ]),
  ];
}

function restOf(planned: number, partial: number): string {
  if (partial > 0) return "Terraform wrote an incomplete plan: what follows is not all that would change.";
  if (planned === 0) return "Nothing is known of what would change.";
  return planned === 1
    ? "What follows is about the other stack."
    : `What follows is about the other ${withSeparators(planned)} stacks.`;
}

function namesOf(names: readonly string[], message: string | undefined, most: number): Inline {
  const left = names.length - most;
  return [
    ...names.slice(0, most).flatMap((name, at): Inline => [at === 0 ? "" : ", ", quoted(name)]),
    ...(left > 0 ? [` and ${withSeparators(left)} more`] : []),
    message === undefined ? ": Terraform failed while planning" : ":",
  ];
}

function grouped(
  failures: readonly { readonly name: string; readonly message: string | undefined }[],
): readonly Failure[] {
  const byMessage = new Map<string | undefined, string[]>();
  for (const { name, message } of failures) byMessage.set(message, [...(byMessage.get(message) ?? []), name]);
  return [...byMessage].map(([message, names]) => ({ names, message }));
}

/** Without the frame that Terraform draws around an error. */
function messageLines(message: string): readonly DiffLine[] {
  const lines = message.split(/\r\n|\n|\r/).map((line) => line.replace(/^[╷│╵\s]+/, ""));
  return lines.filter((line) => line !== "").map((text) => ({ mark: " ", text }));
}
