import { type Phrase, quoted } from "../../../describe/phrase";
import type { Policy, Statement, Value } from "../../../iam/language/policy";

/**
 * A resource's policy as the service reads it. A statement without a resource applies to the
 * resource itself, as in policies of repositories and file systems. `execute-api:/…` is the API's
 * own resource (API Gateway Developer Guide, "Resource format of permissions").
 */
export function asItsResourceReads(policy: Policy): Policy {
  return { ...policy, statements: policy.statements.map(withResource) };
}

function withResource(statement: Statement): Statement {
  const { path, resources } = statement;
  if (resources === undefined)
    return { ...statement, resources: { path, negated: false, values: [all(path)] } };
  return { ...statement, resources: { ...resources, values: resources.values.map(fullArn) } };
}

function all(path: string): Value {
  return { path, text: "*", pieces: [{ kind: "any-run" }] };
}

const SHORT = "execute-api:/";

function fullArn(value: Value): Value {
  const [first, ...rest] = value.pieces;
  if (first?.kind !== "literal" || !first.text.startsWith(SHORT)) return value;
  const own = first.text.slice(SHORT.length);
  return {
    ...value,
    text: `arn:*:execute-api:*:*:*/${value.text.slice(SHORT.length)}`,
    pieces: [
      { kind: "literal", text: "arn:" },
      { kind: "any-run" },
      { kind: "literal", text: ":execute-api:" },
      { kind: "any-run" },
      { kind: "literal", text: ":" },
      { kind: "any-run" },
      { kind: "literal", text: ":" },
      { kind: "any-run" },
      { kind: "literal", text: `/${own}` },
      ...rest,
    ],
  };
}

/**
 * Why the resources that a policy names are not to be compared: something in it is not an ARN.
 * Undefined: all are.
 */
export function unreadResource({ statements }: Policy): Phrase | undefined {
  const odd = statements
    .flatMap(({ resources }) => resources?.values ?? [])
    .find(({ text }) => !/^(arn:[^:]*:[^:]*:[^:]*:[^:]*:.|arn:.*\*|[^:]*\*|execute-api:\/)/s.test(text));
  return odd === undefined ? undefined : ["names a resource that is not an ARN: ", quoted(odd.text)];
}

/** Whether a policy applies only to its own resource, without naming it. */
export function isOfItself({ statements }: Policy): boolean {
  return statements.every(
    ({ resources }) => resources === undefined || resources.values.every(({ text }) => text === "*"),
  );
}
