/** A task with dependencies. */
export interface Step {
  readonly name: string;
  /** Names of the steps that come before it; a name that is not a step counts as done. */
  readonly dependencies: readonly string[];
}

/**
 * The result of a step that was not started: a dependency failed, or the run was stopped.
 */
export type NotBegun = { readonly kind: "not-begun"; readonly because: string };

interface InOrder<R> {
  /** The number of steps at once, 1 or more. */
  readonly atOnce: number;
  readonly task: (name: string) => Promise<R>;
  /** Whether the steps that depend on it may start. */
  readonly isDone: (result: R) => boolean;
  /** Called before each step: why no more steps are started, or undefined. */
  readonly stopped: () => string | undefined;
}

/**
 * Runs steps in the order of their dependencies, independent ones at once. If a step fails, the
 * steps that depend on it, directly or not, are not started; all others are.
 * @returns one result for each step, in the order of `steps`
 * @throws Error for circular dependencies, before any step starts, and the errors of `task`
 */
export async function inOrder<R>(
  steps: readonly Step[],
  { atOnce, task, isDone, stopped }: InOrder<R>,
): Promise<ReadonlyMap<string, R | NotBegun>> {
  refuseCircles(steps);
  const names = new Set(steps.map(({ name }) => name));
  const results = new Map<string, R | NotBegun>();
  const good = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const waiting = new Set(steps);
  const settle = () => {
    for (const step of waiting) {
      const needed = step.dependencies.filter((name) => names.has(name));
      const broken = needed.find((name) => results.has(name) && !good.has(name));
      const because = broken ?? stopped();
      if (because !== undefined) {
        waiting.delete(step);
        results.set(step.name, { kind: "not-begun", because });
      } else if (running.size < atOnce && needed.every((name) => good.has(name))) {
        waiting.delete(step);
        running.set(step.name, begin(step.name));
      }
    }
  };
  const begin = async (name: string): Promise<void> => {
    try {
      const result = await task(name);
      results.set(name, result);
      if (isDone(result)) good.add(name);
    } finally {
      running.delete(name);
    }
  };
  while (waiting.size > 0 || running.size > 0) {
    const before = waiting.size;
    settle();
    if (running.size > 0) await Promise.race(running.values());
    else if (waiting.size === before && before > 0) throw new Error("no step can start");
  }
  return new Map(
    steps.flatMap(({ name }) => {
      const result = results.get(name);
      return result === undefined ? [] : [[name, result] as const];
    }),
  );
}

function refuseCircles(steps: readonly Step[]): void {
  const names = new Set(steps.map(({ name }) => name));
  const left = new Map(
    steps.map(({ name, dependencies }) => [name, dependencies.filter((one) => names.has(one))]),
  );
  for (let before = -1; left.size !== before; ) {
    before = left.size;
    for (const [name, needed] of left) if (needed.every((one) => !left.has(one))) left.delete(name);
  }
  if (left.size > 0) throw new Error(`circular dependency: ${[...left.keys()].join(", ")}`);
}
