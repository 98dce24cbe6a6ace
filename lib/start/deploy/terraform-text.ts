// What Terraform 1.11 prints without colors (`internal/command/views/operation.go`, `apply.go`,
// `hook_ui.go`, `internal/command/format/diagnostic.go`).

/** A warning of Terraform or a provider, without the place it is about. */
export interface Warning {
  readonly summary: string;
  /** One paragraph; may be empty. */
  readonly detail: string;
}

/**
 * What a command changed or would change, such as `7 to add` or `1 added, 2 destroyed`. Undefined:
 * Terraform has not said it (yet).
 */
export function changesIn(output: string): string | undefined {
  const applied = /^(?:Apply|Destroy) complete! Resources: (.+)\.$/m.exec(output)?.[1];
  if (applied !== undefined) return withoutZeros(applied);
  const planned = plannedIn(output);
  if (planned !== undefined) return withoutZeros(planned);
  if (/^Changes to Outputs:/m.test(output)) return "outputs only";
  return /^No (?:changes\.|objects need to be destroyed)/m.test(output) ? NO_CHANGES : undefined;
}

export const NO_CHANGES = "no changes";

function withoutZeros(counts: string): string {
  const some = counts.split(", ").filter((count) => !count.startsWith("0 "));
  return some.length === 0 ? NO_CHANGES : some.join(", ");
}

function plannedIn(output: string): string | undefined {
  return /^Plan: (.+)\.$/m.exec(output)?.[1];
}

/** A resource of a plan: its address, and Terraform's sign of what happens to it. */
interface PlannedResource {
  readonly sign: string;
  /** The address, and Terraform's words if no sign stands for them. */
  readonly text: string;
}

const SIGNS: readonly (readonly [words: RegExp, sign: string])[] = [
  [/^will be created$/, "+"],
  [/^will be destroyed$/, "-"],
  [/^will be updated in-place$/, "~"],
  [/^(?:must be|is tainted, so must be|will be) replaced/, "-/+"],
];

/** The resources of a plan, in its order. */
export function plannedResources(plan: string): readonly PlannedResource[] {
  return [...plan.matchAll(/^ {2}# (\S.*?) ((?:will|must|has|is) .*)$/gm)].map(
    ([, address = "", words = ""]) => {
      const sign = SIGNS.find(([one]) => one.test(words))?.[1];
      return sign === undefined ? { sign: "", text: `${address} ${words}` } : { sign, text: address };
    },
  );
}

/** How many of the planned operations have ended, such as `3 of 7`. Undefined: none is planned. */
export function progressIn(output: string): string | undefined {
  const planned = plannedIn(output);
  if (planned === undefined) return undefined;
  const total = [...planned.matchAll(/(\d+) to (?:import|add|change|destroy)/g)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
  const ended = output.match(/: (?:Creation|Modifications|Destruction|Import) complete(?: after| \[|$)/gm);
  return total === 0 ? undefined : `${Math.min(ended?.length ?? 0, total)} of ${total}`;
}

/** The warnings that Terraform framed; each once. */
export function warningsIn(output: string): readonly Warning[] {
  const found = new Map<string, Warning>();
  for (const [, frame = ""] of output.matchAll(FRAME)) {
    const lines = frame.split("\n").map((line) => line.replace(/^│ ?/, "").trimEnd());
    const summary = /^Warning: (.*)$/.exec(lines[0] ?? "")?.[1];
    if (summary === undefined) continue;
    const detail = lines
      .slice(1)
      // The place in the configuration, and its text, are indented.
      .filter((line) => line !== "" && !line.startsWith("  ") && !/^ *\d+:/.test(line))
      .filter((line) => !/^\(and .* similar warnings? elsewhere\)$/.test(line))
      .join(" ");
    found.set(`${summary}\n${detail}`, { summary, detail });
  }
  // Without a frame (TF_CLI_ARGS=-no-color) it is not known where a warning ends.
  for (const [, summary = ""] of output.matchAll(/^Warning: (.*)$/gm))
    found.set(`${summary}\n`, { summary, detail: "" });
  return [...found.values()];
}

const FRAME = /^╷\n((?:│.*\n)+)╵/gm;

/** The output without framed warnings. */
export function withoutWarnings(output: string): string {
  return output
    .replace(FRAME, (frame, lines: string) => (lines.startsWith("│ Warning: ") ? "" : frame))
    .replace(/\n{3,}/g, "\n\n");
}
