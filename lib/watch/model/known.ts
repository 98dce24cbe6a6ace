import type { Review } from "../../report/model/review";
import type { Ended } from "./report";
import type { Stranger } from "./strangers";

/** Something that a run tells, by which a later one knows it again. */
export interface Told {
  readonly id: string;
  /** When it last happened. Absent: it stands. */
  readonly last?: string;
}

/** Everything that a run tells. */
export function toldBy(
  { access, findings, stacks }: Review,
  strangers: readonly Stranger[],
  ended: readonly Ended[],
): readonly Told[] {
  const standing = [...access, ...findings, ...stacks.flatMap(({ drift }) => drift), ...ended];
  return [...standing.map(({ id }) => ({ id })), ...strangers.map(({ id, last }) => ({ id, last }))];
}
