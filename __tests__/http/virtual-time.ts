import http from "node:http";
import { setTimeout as realSleep } from "node:timers/promises";

export interface VirtualTime {
  /**
   * A wait inside of a server of this process: while it lasts, its call counts as waiting and not
   * as being answered.
   * @param wait milliseconds of virtual time, or what the server waits for
   */
  readonly inServer: (wait: number | Promise<void>) => Promise<void>;
}

/**
 * Virtual time for each test of the file: `setTimeout` and `Date` of the clients under test. Time
 * stands still while an HTTP call is on its way, and otherwise passes at once until the next timer.
 * So waits have their real order and length, and cost none. HTTP itself, and its time limits, are
 * real.
 */
export function useVirtualTime(): VirtualTime {
  let inFlight = 0;
  let activity = 0;
  const start = http.request;
  const started = (...call: readonly unknown[]): http.ClientRequest => {
    inFlight += 1;
    activity += 1;
    const request: http.ClientRequest = Reflect.apply(start, http, call);
    return request.once("close", () => {
      inFlight -= 1;
      activity += 1;
    });
  };
  const isQuiet = async (): Promise<boolean> => {
    const seen = activity;
    // What follows an answer or a timer is done in turns of the event loop.
    for (let turn = 0; turn < 4; turn++) {
      if (inFlight > 0 || activity !== seen || jest.getTimerCount() === 0) return false;
      await new Promise(setImmediate);
    }
    return inFlight === 0 && activity === seen;
  };
  let isOver = false;
  let passing = Promise.resolve();
  const pass = async (): Promise<void> => {
    while (!isOver)
      if (await isQuiet()) jest.advanceTimersToNextTimer();
      else await realSleep(1);
  };

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask", "setImmediate", "setInterval"] });
    jest.spyOn(http, "request").mockImplementation(started);
    isOver = false;
    passing = pass();
  });
  afterEach(async () => {
    isOver = true;
    await passing;
    jest.mocked(http.request).mockRestore();
    jest.useRealTimers();
  });

  return {
    inServer: async (wait) => {
      inFlight -= 1;
      activity += 1;
      await (typeof wait === "number" ? new Promise((resolve) => setTimeout(resolve, wait)) : wait);
      inFlight += 1;
      activity += 1;
    },
  };
}
