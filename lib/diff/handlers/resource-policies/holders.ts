import { resourceKey } from "../../context/principals";
import { SNAPSHOTS, type Snapshot, type Timeline, textAt } from "../../context/timelines";
import { idsOf } from "./policy-owners";

/**
 * An ARN, an address or an id that AWS gives to one object alone; names are one's own in each
 * account and region.
 */
const GLOBAL = /^(arn:|https?:\/\/)|^[a-z]+-[0-9a-f]{8,}$|^(mrk-)?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]/;

export function isGlobalId(text: string): boolean {
  return GLOBAL.test(text);
}

/**
 * Where names mean one object: a stack's provider configuration; where the plan does not say which,
 * the resource by itself.
 */
export function scopeOf({ stack, provider, address }: Timeline): string {
  return provider === undefined ? resourceKey(stack, address) : resourceKey(stack, provider);
}

/**
 * Resources that show their policy, which a resource of its own may declare, by all that they are
 * called.
 */
export class Holders {
  readonly #byPlace = new Map<string, Timeline>();
  /** Null: several are called so. */
  readonly #byId = new Map<string, Timeline | null>();

  constructor(timelines: readonly Timeline[]) {
    for (const timeline of timelines) {
      this.#byPlace.set(resourceKey(timeline.stack, timeline.address), timeline);
      for (const id of calledIn(timeline)) this.#byId.set(id, this.#byId.has(id) ? null : timeline);
    }
  }

  /**
   * The holder that the attribute names in that snapshot, whatever stack it is in; undefined: no plan
   * has it, or nobody knows which it is.
   */
  of(timeline: Timeline, by: string, snapshot: Snapshot): Timeline | undefined {
    const text = textAt(timeline.at[snapshot], by);
    if (text !== undefined) return this.#byId.get(idIn(timeline, text)) ?? undefined;
    const [only, ...others] = timeline.links[by] ?? [];
    if (only === undefined || others.length > 0) return undefined;
    return this.#byPlace.get(resourceKey(timeline.stack, only));
  }
}

function calledIn(timeline: Timeline): ReadonlySet<string> {
  return new Set(
    SNAPSHOTS.flatMap((snapshot) =>
      idsOf(timeline.type).flatMap((name) => {
        const text = textAt(timeline.at[snapshot], name);
        return text === undefined ? [] : [idIn(timeline, text)];
      }),
    ),
  );
}

function idIn(timeline: Timeline, text: string): string {
  return isGlobalId(text) ? text : `${scopeOf(timeline)} ${text}`;
}
