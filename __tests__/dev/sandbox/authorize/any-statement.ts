import fc from "fast-check";

/** Statements of one or two of these actions and resources, now and then negated or a Deny. */
export function anyStatement(
  action: fc.Arbitrary<string>,
  resource: fc.Arbitrary<string>,
  condition: fc.Arbitrary<object>,
): fc.Arbitrary<object> {
  return fc
    .record({
      Effect: fc.constantFrom("Allow", "Allow", "Deny"),
      names: fc.tuple(
        fc.constantFrom("Action", "Action", "NotAction"),
        fc.constantFrom("Resource", "Resource", "NotResource"),
      ),
      actions: fc.array(action, { minLength: 1, maxLength: 2 }),
      resources: fc.array(resource, { minLength: 1, maxLength: 2 }),
      Condition: condition,
    })
    .map(({ Effect, names: [a, r], actions, resources, Condition }) => ({
      Effect,
      [a]: actions,
      [r]: resources,
      ...(Object.keys(Condition).length === 0 ? {} : { Condition }),
    }));
}
