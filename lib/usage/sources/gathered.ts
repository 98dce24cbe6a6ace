import { remembered } from "../../collections/remembered";
import type { Assumed, Called, Observed, Times } from "../trail/observed";
import { addTimes } from "../trail/observed";
import { Tally } from "../trail/tally";

/** Calls in sessions that were opened by the same kind of assumption. */
export interface SessionCalls extends Times {
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

/**
 * Joins the observations of many files as they come, in any order. A call waits only until the
 * assumption of its session has been read. It keeps the access key of every session, about 100 bytes
 * each, and no record.
 */
export class Gathered {
  readonly #tally = new Tally();
  readonly #assumptionOf = new Map<string, number>();
  readonly #waiting = new Map<string, Map<string, Called>>();
  readonly #called = new Map<string, Times & { readonly at: number | undefined; readonly of: Called }>();

  add(observed: Observed): void {
    const places = observed.assumed.map((one) => this.#tally.addAssumed(one, one));
    for (const [session, at] of observed.sessions) {
      const place = places[at];
      if (place === undefined) continue;
      this.#assumptionOf.set(session, place);
      for (const call of this.#waiting.get(session)?.values() ?? []) this.#addCall(call, place);
      this.#waiting.delete(session);
    }
    for (const call of observed.called) {
      const at = this.#assumptionOf.get(call.session);
      if (at === undefined) this.#wait(call);
      else this.#addCall(call, at);
    }
    for (const one of observed.examined) this.#tally.addExamined(one, one);
    this.#tally.addElsewhere(observed.elsewhere);
  }

  /** To be called once, when everything has been added. */
  result(): Joined {
    for (const calls of this.#waiting.values())
      for (const call of calls.values()) this.#addCall(call, undefined);
    this.#waiting.clear();
    const { assumed, examined, elsewhere } = this.#tally.result();
    const called = [...this.#called.values()].map(({ at, of, count, first, last }): SessionCalls => {
      const opened = at === undefined ? undefined : assumed[at];
      const { role, source, name, denied } = of;
      return { role, ...(opened && { assumed: opened }), source, name, denied, count, first, last };
    });
    return { assumed, called, examined, elsewhere };
  }

  #wait(call: Called): void {
    const calls = remembered(this.#waiting, call.session, () => new Map<string, Called>());
    const key = [call.role, call.source, call.name, call.denied].join("\n");
    calls.set(key, { ...call, ...addTimes(calls.get(key), call) });
  }

  #addCall(call: Called, at: number | undefined): void {
    const key = [at, call.role, call.source, call.name, call.denied].join("\n");
    this.#called.set(key, { at, of: call, ...addTimes(this.#called.get(key), call) });
  }
}
