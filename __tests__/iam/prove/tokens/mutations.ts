import type { ConditionJson, PolicyJson, StatementJson } from "./reference";

/** One value of one key under one operator, changed. */
export interface ChangedValue {
  readonly policy: PolicyJson;
  readonly operator: string;
  readonly key: string;
  /** The value before, the place of the character in it, and what stands there now. */
  readonly value: string;
  readonly at: number;
  readonly replacement: string;
}

/**
 * What may become of a character: another one, nothing, itself twice, a wildcard for one or for
 * any.
 */
const REPLACEMENTS: readonly ((character: string) => string)[] = [
  (character) => (character === "0" ? "1" : "0"),
  () => "",
  (character) => character + character,
  () => "?",
  () => "*",
];

/**
 * Every character of every condition's values, changed in every way; or every second letter and
 * digit and every other character, each in one of the ways in turn.
 */
export function everyChangedCharacter(policy: PolicyJson, ways: "all" | "in turn"): readonly ChangedValue[] {
  const changes = policy.Statement.flatMap((statement, index) =>
    Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).flatMap(([key, values]) =>
        [values].flat().flatMap((_, place) => changesOf(policy, index, { operator, key, place })),
      ),
    ),
  );
  return ways === "all" ? changes : changes.filter(isInTurn);
}

function isInTurn({ value, at }: ChangedValue, index: number): boolean {
  const [character, way] = [Math.floor(index / REPLACEMENTS.length), index % REPLACEMENTS.length];
  const isChosen = character % 2 === 0 || !/[0-9a-z]/i.test(value.charAt(at));
  return isChosen && way === character % REPLACEMENTS.length;
}

interface Place {
  readonly operator: string;
  readonly key: string;
  readonly place: number;
}

function changesOf(
  policy: PolicyJson,
  index: number,
  { operator, key, place }: Place,
): readonly ChangedValue[] {
  const statement = policy.Statement[index];
  if (statement === undefined) return [];
  const values = [statement.Condition?.[operator]?.[key] ?? []].flat();
  const value = values[place] ?? "";
  return [...value].flatMap((character, at) =>
    REPLACEMENTS.map((replace) => {
      const replacement = replace(character);
      const changed = value.slice(0, at) + replacement + value.slice(at + character.length);
      const list = values.map((one, other) => (other === place ? changed : one));
      const condition = withKey(statement.Condition ?? {}, operator, key, list);
      return {
        policy: withStatement(policy, index, { ...statement, Condition: condition }),
        operator,
        key,
        value,
        at,
        replacement,
      };
    }),
  );
}

function withStatement(policy: PolicyJson, index: number, statement: StatementJson): PolicyJson {
  const written = withoutEmpty(statement);
  return { ...policy, Statement: policy.Statement.map((one, at) => (at === index ? written : one)) };
}

/** What asks nothing is not written: the language has no empty condition. */
export function withoutEmpty({ Condition = {}, ...statement }: StatementJson): StatementJson {
  const asking = Object.entries(Condition).filter(([, keys]) => Object.keys(keys).length > 0);
  return asking.length === 0 ? statement : { ...statement, Condition: Object.fromEntries(asking) };
}

export function withKey(
  condition: ConditionJson,
  operator: string,
  key: string,
  values: string | readonly string[],
): ConditionJson {
  return { ...condition, [operator]: { ...condition[operator], [key]: values } };
}

export function withoutKey(condition: ConditionJson, key: string): ConditionJson {
  return Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).filter(([name]) => name !== key)),
    ]),
  );
}

/** The conditions on one key under another operator; the others as they were. */
export function underOperator(
  condition: ConditionJson,
  key: string,
  operator: (name: string) => string,
): ConditionJson {
  let changed = withoutKey(condition, key);
  for (const [name, keys] of Object.entries(condition)) {
    const values = keys[key];
    if (values !== undefined) changed = withKey(changed, operator(name), key, values);
  }
  return changed;
}
