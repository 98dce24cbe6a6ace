import { sortedEntries } from "../../collections/sort";
import type { RoleEntry } from "../schema/schema";
import type { IdentityStatement } from "../schema/statement-schema";

type StatementEntry = NonNullable<RoleEntry["statements"]>[number];

/** Statements keep the order of the file; the elements of a statement have a fixed order. */
export function buildStatement(entry: StatementEntry): IdentityStatement {
  const { Sid, Effect, Action, NotAction, Resource, NotResource, Condition } = entry;
  return {
    ...(Sid === undefined ? {} : { Sid }),
    Effect,
    ...(Action === undefined ? {} : { Action }),
    ...(NotAction === undefined ? {} : { NotAction }),
    ...(Resource === undefined ? {} : { Resource }),
    ...(NotResource === undefined ? {} : { NotResource }),
    ...(Condition === undefined ? {} : { Condition: sortedCondition(Condition) }),
  };
}

function sortedCondition(
  condition: NonNullable<StatementEntry["Condition"]>,
): NonNullable<IdentityStatement["Condition"]> {
  return Object.fromEntries(
    sortedEntries(condition).map(([operator, keys]) => [operator, Object.fromEntries(sortedEntries(keys))]),
  );
}
