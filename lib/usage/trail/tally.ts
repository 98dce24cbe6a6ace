import { type Assumed, addTimes, type Called, type Examined, type Observed, type Times } from "./observed";

type Counted<Item extends Times> = Omit<Item, keyof Times>;

interface Entry<Item extends Times> {
  readonly of: Counted<Item>;
  times: Times;
}

/** Counts equal items once; keeps the order in which they came. */
class Counts<Item extends Times> {
  readonly #entries = new Map<string, Entry<Item> & { readonly at: number }>();

  /** @returns its place in `all` */
  add(key: string, of: Counted<Item>, times: Times): number {
    const known = this.#entries.get(key);
    if (known === undefined) {
      const at = this.#entries.size;
      this.#entries.set(key, { of, times: addTimes(undefined, times), at });
      return at;
    }
    known.times = addTimes(known.times, times);
    return known.at;
  }

  all(): readonly (Counted<Item> & Times)[] {
    return [...this.#entries.values()].map(({ of, times }) => ({ ...of, ...times }));
  }
}

/**
 * Adds up observations. Its size grows with the number of sessions and of different calls in each,
 * not with the number of records.
 */
export class Tally {
  readonly #assumed = new Counts<Assumed>();
  readonly #sessions = new Map<string, number>();
  readonly #called = new Counts<Called>();
  readonly #examined = new Counts<Examined>();
  #elsewhere = 0;

  /** @returns its place in the result */
  addAssumed(of: Omit<Assumed, keyof Times>, times: Times, session?: string): number {
    const { role, by, subject, provider, error } = of;
    const at = this.#assumed.add([role, by, subject, provider, error].join("\n"), of, times);
    if (session !== undefined) this.#sessions.set(session, at);
    return at;
  }

  addCalled(of: Omit<Called, keyof Times>, times: Times): void {
    const { role, session, source, name, denied } = of;
    this.#called.add([role, session, source, name, denied].join("\n"), of, times);
  }

  addExamined(of: Omit<Examined, keyof Times>, times: Times): void {
    this.#examined.add([of.account, of.region, of.category].join("\n"), of, times);
  }

  addElsewhere(count: number): void {
    this.#elsewhere += count;
  }

  result(): Observed {
    return {
      assumed: this.#assumed.all(),
      sessions: [...this.#sessions],
      called: this.#called.all(),
      examined: this.#examined.all(),
      elsewhere: this.#elsewhere,
    };
  }
}
