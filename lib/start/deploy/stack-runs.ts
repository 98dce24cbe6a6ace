import type { StackEvent } from "../../terraform/stack-event";
import { changesIn, progressIn } from "./terraform-text";

/** What Terraform did in one stack. */
export interface StackRun {
  readonly stack: string;
  readonly isFailed: boolean;
  /** What changed or would change. Undefined: the stack was not deployed, or Terraform failed. */
  readonly changes: string | undefined;
  /** Everything that Terraform printed, in order and without colors. */
  readonly output: string;
  /** The part of `output` that is not from `terraform init`. */
  readonly plan: string;
}

/** Told of what happens to a stack. */
interface StackListener {
  /** @param detail such as `3 of 7` */
  readonly onProgress: (stack: string, detail: string) => void;
  /** Terraform has failed, or has ended its last command. */
  readonly onEnd: (run: StackRun) => void;
}

interface Running {
  output: string;
  plan: string;
  isFailed: boolean;
  hasEnded: boolean;
}

/** `terraform init` comes before each of them. */
const LAST = new Set(["plan", "apply", "destroy"]);

/** Collects the guard's events by stack. */
export class StackRuns {
  private readonly byStack = new Map<string, Running>();

  /** @param planned the plans that are applied, by stack: Terraform does not print them again */
  constructor(
    private readonly listener: StackListener,
    private readonly planned: ReadonlyMap<string, string> = new Map(),
  ) {}

  on(event: Exclude<StackEvent, { readonly kind: "waiting" }>): void {
    const { stack, command } = event;
    const run = this.byStack.get(stack) ?? { output: "", plan: "", isFailed: false, hasEnded: false };
    this.byStack.set(stack, run);
    if (event.kind === "start") {
      this.listener.onProgress(stack, command === "init" ? "initializing" : "planning");
    } else if (event.kind === "output") {
      run.output += event.text;
      if (!LAST.has(command)) return;
      run.plan += event.text;
      if (command === "plan") return;
      const progress = progressIn(`${this.planned.get(stack) ?? ""}${run.plan}`);
      if (progress !== undefined) this.listener.onProgress(stack, progress);
    } else {
      run.isFailed ||= event.exitCode !== 0;
      if (run.isFailed || LAST.has(command)) {
        run.hasEnded = true;
        this.listener.onEnd(this.view(stack, run));
      }
    }
  }

  /** Every stack in which Terraform ran, in the order in which it began. */
  all(): readonly StackRun[] {
    return [...this.byStack].map(([stack, run]) => this.view(stack, run));
  }

  private view(stack: string, { output, plan, isFailed, hasEnded }: Running): StackRun {
    const failed = isFailed || !hasEnded;
    return { stack, output, plan, isFailed: failed, changes: failed ? undefined : changesIn(plan) };
  }
}
