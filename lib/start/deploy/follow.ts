import type { CdktfRun } from "../../terraform/cdktf";
import type { StackEvent } from "../../terraform/stack-event";
import type { DeployHost } from "./deploy-call";
import { type StackRun, StackRuns } from "./stack-runs";

interface Followed {
  readonly runs: StackRuns;
  readonly listen: (event: StackEvent) => void;
  /** Ends the lines of stacks in which Terraform has not ended. */
  readonly endAll: () => Promise<void>;
}

/**
 * One line of progress for each stack.
 * @param planned the plans that are applied, which Terraform does not print again
 */
export function follow(
  { isQuiet }: Pick<CdktfRun, "isQuiet">,
  { progress, note }: DeployHost,
  planned: readonly StackRun[],
): Followed {
  const shown = new Map<
    string,
    { readonly report: (detail: string) => void; end: (run: StackRun) => void }
  >();
  const steps: Promise<StackRun>[] = [];
  const begin = (stack: string): void => {
    const step = progress.step(
      stack,
      (report) =>
        new Promise<StackRun>((resolve) => {
          shown.set(stack, { report, end: resolve });
        }),
      ({ isFailed, changes }) => (isFailed ? "failed" : (changes ?? "done")),
    );
    steps.push(step);
  };
  const listener = {
    onProgress: (stack: string, detail: string) => {
      if (isQuiet !== true) return;
      if (!shown.has(stack)) begin(stack);
      shown.get(stack)?.report(detail);
    },
    onEnd: (run: StackRun) => shown.get(run.stack)?.end(run),
  };
  const runs = new StackRuns(listener, new Map(planned.map(({ stack, plan }) => [stack, plan])));
  const listen = (event: StackEvent): void => {
    if (event.kind !== "waiting") runs.on(event);
    else if (isQuiet === true) progress.note(WAITING);
    else note(WAITING);
  };
  const endAll = async (): Promise<void> => {
    for (const run of runs.all()) shown.get(run.stack)?.end(run);
    await Promise.all(steps);
  };
  return { runs, listen, endAll };
}

const WAITING = "waiting for Terraform to finish the current call and release the state lock";
