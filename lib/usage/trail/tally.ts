import {
  type Assumed,
  addResources,
  addTimes,
  type Called,
  type Examined,
  type Named,
  type Observed,
  type Times,
} from "./observed";

type Counted<Item extends Times> = Omit<Item, keyof Times | "events" | "resources" | "days">;

/** See `Examined.days`. */
type Days = Iterable<string>;

/** What one record, or several, add to a count. */
interface Addition extends Times {
  readonly event?: number | undefined;
}

interface Entry<Item extends Times> {
  readonly of: Counted<Item>;
  readonly at: number;
  times: Times;
  readonly events: number[];
}

/** Counts equal items once; keeps the order in which they came. */
class Counts<Item extends Times> {
  readonly #entries = new Map<string, Entry<Item>>();

  /** @returns the entry, whose `at` is its place in `all` */
  add(key: string, of: Counted<Item>, { event, ...times }: Addition): Entry<Item> {
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = { of, times: addTimes(undefined, times), at: this.#entries.size, events: [] };
      this.#entries.set(key, entry);
    } else entry.times = addTimes(entry.times, times);
    if (event !== undefined) entry.events.push(event);
    return entry;
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  all(): readonly (Counted<Item> & Times & { readonly events?: readonly number[] })[] {
    return [...this.#entries.values()].map(({ of, times, events }) => ({
      ...of,
      ...times,
      ...(events.length === 0 ? {} : { events }),
    }));
  }
}

/** Numbers of events that are kept of one file; CloudTrail's have fewer records. */
const MOST_EVENTS = 250_000;

/**
 * Adds up observations. Its size grows with the number of sessions and of different calls in each;
 * of the records only the numbers of the first 250,000 are kept.
 */
export class Tally {
  readonly #assumed = new Counts<Assumed>();
  readonly #sessions = new Map<string, number>();
  readonly #called = new Counts<Called>();
  readonly #resources: Named[] = [];
  readonly #examined = new Counts<Examined>();
  /** By the place in `#examined`. Undefined: not known of a part. */
  readonly #days: (Set<string> | undefined)[] = [];
  #elsewhere = 0;
  #events = 0;

  /** @returns its place in the result */
  addAssumed(
    { role, roleId, by, subject, provider, error }: Counted<Assumed>,
    added: Addition,
    session?: string,
  ): number {
    const key = [role, roleId, by, subject, provider, error].join("\n");
    const of = { role, roleId, by, subject, provider, error };
    const { at } = this.#assumed.add(key, of, this.#bounded(added));
    if (session !== undefined) this.#sessions.set(session, at);
    return at;
  }

  addCalled(
    { role, session, source, name, denied }: Counted<Called>,
    added: Addition,
    named: Named = {},
  ): void {
    const key = [role, session, source, name, denied].join("\n");
    const of = { role, session, source, name, denied };
    const { at } = this.#called.add(key, of, this.#bounded(added));
    const known = this.#resources[at];
    this.#resources[at] = known === undefined ? named : addResources(known, named);
  }

  addExamined({ account, region, category, readOnly }: Counted<Examined>, times: Times, days?: Days): void {
    const key = [account, region, category, readOnly].join("\n");
    const isNew = !this.#examined.has(key);
    const { at } = this.#examined.add(key, { account, region, category, readOnly }, times);
    if (isNew) this.#days[at] = days && new Set(days);
    else if (days === undefined) this.#days[at] = undefined;
    else for (const day of days) this.#days[at]?.add(day);
  }

  addElsewhere(count: number): void {
    this.#elsewhere += count;
  }

  result(): Observed {
    return {
      assumed: this.#assumed.all(),
      sessions: [...this.#sessions],
      called: this.#called.all().map((one, at) => ({ ...one, ...this.#resources[at] })),
      examined: this.#examined.all().map((one, at) => {
        const days = this.#days[at];
        return days === undefined ? one : { ...one, days: [...days].sort() };
      }),
      elsewhere: this.#elsewhere,
    };
  }

  #bounded(added: Addition): Addition {
    if (added.event === undefined) return added;
    this.#events += 1;
    return this.#events > MOST_EVENTS ? { ...added, event: undefined } : added;
  }
}
