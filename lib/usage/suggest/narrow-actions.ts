import { compareText } from "../../collections/sort";
import { type ActionList, knownActions } from "../../iam/data/actions";
import { actionMatcher } from "../../iam/write/unknown-actions";
import type { UsedActions } from "../answer/unused-actions";

export interface NarrowedAction {
  /**
   * What stands for the pattern now; the pattern itself: it stays. Empty: nothing of it was used.
   */
  readonly actions: readonly string[];
  /** Of those, the ones that stay because CloudTrail would not have recorded them. */
  readonly notRecorded: readonly string[];
}

/**
 * The actions of a pattern that were used, or of which no record would tell. A pattern of every
 * service stays, as does one of a service that the list does not have.
 * @param pattern of a statement: `ecr:*`, `cloudfront:CreateInvalidation`
 * @param isRecorded whether a call of an action would be in the records
 */
export function narrowAction(
  pattern: string,
  { used, unclear }: UsedActions,
  isRecorded: (action: string) => boolean,
  list: ActionList = knownActions(),
): NarrowedAction {
  const [prefix = "", name] = pattern.split(":");
  const service = prefix.toLowerCase();
  const names = name === undefined ? undefined : list.namesOf(service);
  if (names === undefined || name === undefined || unclear.has(service))
    return { actions: [pattern], notRecorded: [pattern] };
  const covered = names.filter(actionMatcher(name)).map((one) => `${service}:${one}`);
  const needed = covered.filter((one) => used.has(one) || !isRecorded(one)).sort(compareText);
  const notRecorded = needed.filter((one) => !used.has(one));
  return { actions: needed.length === covered.length ? [pattern] : needed, notRecorded };
}
