import { groupBy } from "../../collections/group-by";
import { compareText } from "../../collections/sort";
import type { Access } from "../../config/model/model";
import { actionsOfEvent } from "../actions/event-actions";
import type { SessionCalls } from "../sources/gathered";
import { addResources, addTimes, type Named, type Times } from "../trail/observed";
import { whoOpened } from "./who";

/** Calls of one kind in sessions of a role. */
export interface RoleCall extends Times, Named {
  /** As CloudTrail names it: `s3.amazonaws.com`, `ListObjects`. */
  readonly source: string;
  readonly name: string;
  /**
   * The IAM actions that the call needs, such as `s3:ListBucket`. Empty: none. Undefined: not
   * known.
   */
  readonly actions?: readonly string[];
  /** Whether AWS refused it. */
  readonly denied: boolean;
  /** Who opened the sessions, sorted. */
  readonly people: readonly string[];
}

/** The most frequent first. */
export function roleCalls(called: readonly SessionCalls[], access: Access): readonly RoleCall[] {
  const groups = groupBy(called, ({ source, name, denied }) => `${source} ${name} ${denied}`);
  return [...groups.values()]
    .flatMap((calls): readonly RoleCall[] => {
      const [one] = calls;
      if (one === undefined) return [];
      const { source, name, denied } = one;
      const actions = actionsOfEvent(source, name);
      const people = new Set(
        calls.map(({ assumed }) => (assumed === undefined ? UNKNOWN : whoOpened(assumed, access).person)),
      );
      const times = calls.slice(1).reduce((sum, call) => addTimes(sum, call), addTimes(undefined, one));
      const { resources } = calls.reduce<Named>((all, call) => addResources(all, call), one);
      return [
        {
          source,
          name,
          denied,
          ...(actions === undefined ? {} : { actions }),
          people: [...people].sort(compareText),
          ...(resources && { resources }),
          ...times,
        },
      ];
    })
    .sort((one, other) => other.count - one.count || compareText(one.name, other.name));
}

/** A session whose assumption is not in the records, such as one that was opened before them. */
const UNKNOWN = "a session whose assumption is not in the records";
