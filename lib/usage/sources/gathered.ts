import { remembered } from "../../collections/remembered";
import type { Assumed, Called, Named, Numbered, Observed, Times } from "../trail/observed";
import { addResources, addTimes } from "../trail/observed";
import { RecentEvents } from "../trail/recent-events";
import { Tally } from "../trail/tally";

/** Calls in sessions that were opened by the same kind of assumption. */
export interface SessionCalls extends Times, Named {
  readonly role: string;
  /** Undefined: no record of an assumption names the session. */
  readonly assumed?: Assumed;
  readonly source: string;
  readonly name: string;
  readonly denied: boolean;
}

/** All observations, the calls with the assumption that opened their session. */
export interface Joined extends Pick<Observed, "assumed" | "examined" | "elsewhere"> {
  readonly called: readonly SessionCalls[];
}

type Kind = Pick<Called, "role" | "source" | "name" | "denied">;

/** Calls of one kind, whose numbers are not kept. */
interface Calls extends Times, Named {
  readonly kind: Kind;
}

interface Joining extends Calls {
  readonly at: number | undefined;
}

/**
 * Joins the observations of many files as they come, in any order. A call waits only until the
 * assumption of its session has been read. An event that stands in several files counts once. It
 * keeps the access key of every session, about 100 bytes each, and no record.
 */
export class Gathered {
  readonly #tally = new Tally();
  readonly #recent = new RecentEvents();
  readonly #assumptionOf = new Map<string, number>();
  readonly #waiting = new Map<string, Map<string, Calls>>();
  readonly #called = new Map<string, Joining>();

  add(observed: Observed): void {
    const places = observed.assumed.map((one) => this.#tally.addAssumed(one, this.#new(one)));
    for (const [session, at] of observed.sessions) {
      const place = places[at];
      if (place === undefined) continue;
      this.#assumptionOf.set(session, place);
      for (const call of this.#waiting.get(session)?.values() ?? []) this.#addCall(call, place);
      this.#waiting.delete(session);
    }
    for (const one of observed.called) {
      const at = this.#assumptionOf.get(one.session);
      const { role, source, name, denied, resources } = one;
      const calls: Calls = {
        kind: { role, source, name, denied },
        ...this.#new(one),
        ...(resources && { resources }),
      };
      if (at === undefined) this.#wait(one.session, calls);
      else this.#addCall(calls, at);
    }
    for (const one of observed.examined) this.#tally.addExamined(one, one, one.days);
    this.#tally.addElsewhere(observed.elsewhere);
  }

  /** To be called once, when everything has been added. */
  result(): Joined {
    for (const calls of this.#waiting.values())
      for (const call of calls.values()) this.#addCall(call, undefined);
    this.#waiting.clear();
    const { assumed, examined, elsewhere } = this.#tally.result();
    const counted = assumed.map(atLeastOnce);
    const called = [...this.#called.values()].map(({ at, kind, ...times }): SessionCalls => {
      const opened = at === undefined ? undefined : counted[at];
      return { ...kind, ...(opened && { assumed: opened }), ...atLeastOnce(times) };
    });
    return { assumed: counted, called, examined, elsewhere };
  }

  /** The times without events that were counted in another file. */
  #new({ count, first, last, events = [] }: Times & Numbered): Times {
    const known = events.filter((event) => !this.#recent.add(event)).length;
    return { count: count - known, first, last };
  }

  #wait(session: string, calls: Calls): void {
    const waiting = remembered(this.#waiting, session, () => new Map<string, Calls>());
    const key = keyOf(calls.kind);
    waiting.set(key, { kind: calls.kind, ...summed(waiting.get(key), calls) });
  }

  #addCall(calls: Calls, at: number | undefined): void {
    const key = `${at}\n${keyOf(calls.kind)}`;
    this.#called.set(key, { at, kind: calls.kind, ...summed(this.#called.get(key), calls) });
  }
}

function keyOf({ role, source, name, denied }: Kind): string {
  return [role, source, name, denied].join("\n");
}

function summed(known: (Times & Named) | undefined, more: Times & Named): Times & Named {
  const { resources } = known === undefined ? more : addResources(known, more);
  return { ...addTimes(known, more), ...(resources && { resources }) };
}

/** Two events could have one number: what was recorded happened. */
function atLeastOnce<Item extends Times>(one: Item): Item {
  return one.count > 0 ? one : { ...one, count: 1 };
}
