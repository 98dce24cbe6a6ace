import { isGlobalId, scopeOf } from "../../context/identifiers";
import { resourceKey } from "../../context/principals";
import { SNAPSHOTS, type Snapshot, type Timeline, textAt } from "../../context/timelines";
import { idsOf } from "./policy-owners";

/** Resources that show a policy which another resource can declare, by all of their names. */
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
   * The holder that the attribute names in that snapshot, in any stack; undefined: it is in no
   * plan, or ambiguous.
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
