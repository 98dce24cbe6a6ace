/** The clock of a local CircleCI and AWS: it can be set, and then runs on. */
export interface SandboxClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** @param ms since 1970. Undefined: as the clock that it began with */
  readonly set: (ms: number | undefined) => void;
}

/** @param base milliseconds since 1970 */
export function sandboxClock(base: () => number): SandboxClock {
  let ahead = 0;
  return {
    now: () => base() + ahead,
    set: (ms) => {
      ahead = ms === undefined ? 0 : ms - base();
    },
  };
}
