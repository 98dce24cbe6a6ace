/** Something to do after others. */
export interface Step {
  readonly name: string;
  /** Names of what has to be done before; what is not among the steps is taken to be done. */
  readonly dependencies: readonly string[];
}

/**
 * What becomes of a step that was not begun: something that it needs went wrong, or the whole was
 * stopped.
 */
export type NotBegun = { readonly kind: "not-begun"; readonly because: string };

export interface InOrder<R> {
  /** How many at once, 1 or more. */
  readonly atOnce: number;
  readonly task: (name: string) => Promise<R>;
  /** Whether what depends on it may begin. */
  readonly isDone: (result: R) => boolean;
  /** Asked before each begins: a reason to begin nothing more, or undefined. */
  readonly stopped: () => string | undefined;
}

/**
 * Does steps in the order of their dependencies, independent ones at once. Where one goes wrong,
 * what needs it is not begun, however far down; all others are.
 * @returns one result for each step, in the order in which they are given
 * @throws Error for dependencies that go round in a circle, before anything begins, and what a task
 * throws
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
    else if (waiting.size === before && before > 0) throw new Error("no step can begin");
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
  if (left.size > 0)
    throw new Error(`these depend on each other in a circle: ${[...left.keys()].join(", ")}`);
}
