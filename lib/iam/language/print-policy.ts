import type { Condition, Patterns, Policy, Principals, Statement, Value } from "./policy";

/** The text of a policy, indented. Parsing it returns the same policy, except for paths. */
export function printReadPolicy({ version, id, statements }: Policy): string {
  const document = {
    Version: version,
    ...(id === undefined ? {} : { Id: id }),
    Statement: statements.map(statementOf),
  };
  return JSON.stringify(document, null, 2);
}

function statementOf({ sid, effect, principals, actions, resources, conditions }: Statement): object {
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect,
    ...(principals === undefined ? {} : named("Principal", principals, principalsOf(principals))),
    ...named("Action", actions, oneOrAll(actions.values)),
    ...(resources === undefined ? {} : named("Resource", resources, oneOrAll(resources.values))),
    ...(conditions.length === 0 ? {} : { Condition: conditionsOf(conditions) }),
  };
}

function named(name: string, { negated }: Principals | Patterns, value: unknown): object {
  return { [negated ? `Not${name}` : name]: value };
}

function principalsOf({ members }: Principals): unknown {
  if (members.some(({ type }) => type === "Everyone")) return "*";
  const types = [...new Set(members.map(({ type }) => type))];
  return Object.fromEntries(
    types.map((type) => [type, oneOrAll(members.filter((one) => one.type === type))]),
  );
}

function conditionsOf(conditions: readonly Condition[]): object {
  const operators = [...new Set(conditions.map(({ operator }) => operator.name))];
  return Object.fromEntries(
    operators.map((name) => [
      name,
      Object.fromEntries(
        conditions
          .filter(({ operator }) => operator.name === name)
          .map(({ key, values }) => [key, oneOrAll(values)]),
      ),
    ]),
  );
}

function oneOrAll(values: readonly Pick<Value, "text">[]): unknown {
  const [only, ...others] = values.map(({ text }) => text);
  return others.length === 0 ? only : [only, ...others];
}
