import { isIncompleteArn, withCompleteArns } from "../language/complete-arn";
import type { Condition, Policy, Statement, Value } from "../language/policy";
import { compileCondition } from "./compile-condition";
import { matchPrincipals } from "./match-principals";
import { compileActions, compileResources } from "./match-resource";
import type { AccessRequest, Caller, RequestKeys } from "./request";
import type { Truth } from "./truth";
import { openVariables } from "./value-pattern";

/** A policy compiled to decide many requests quickly. */
export interface CompiledPolicy {
  readonly statements: readonly CompiledStatement[];
}

export interface CompiledStatement {
  readonly statement: Statement;
  /** All must hold for the statement to apply; the cheapest come first. */
  readonly parts: readonly Part[];
}

/** One part of a statement that a request must match. */
export interface Part {
  readonly kind: "principal" | "action" | "resource" | "condition";
  readonly path: string;
  readonly condition?: Condition;
  /** As the policy writes it; empty: the statement names no principal. */
  readonly wanted: readonly string[];
  readonly holds: (request: AccessRequest) => Truth;
  readonly found: (request: AccessRequest) => readonly string[] | "absent" | "open";
  /** What an unknown answer depends on: names of keys, or `resource`, `principal`. */
  readonly dependsOn: (request: AccessRequest) => readonly string[];
  /** Whether it concerns such a request. Default: it concerns each. */
  readonly isAsked?: (request: AccessRequest) => boolean;
}

/** An identity-based policy or a permissions boundary: its incomplete ARNs are completed. */
export function compileIdentityPolicy(policy: Policy): CompiledPolicy {
  return compilePolicy(withCompleteArns(policy));
}

/** Any other policy, or one whose type makes no difference. */
export function compilePolicy({ statements }: Policy): CompiledPolicy {
  return { statements: statements.map((statement) => ({ statement, parts: partsOf(statement) })) };
}

function partsOf(statement: Statement): readonly Part[] {
  const { actions, resources, conditions } = statement;
  const coversAction = compileActions(actions);
  return [
    {
      kind: "action",
      path: actions.path,
      wanted: actions.values.map(({ text }) => text),
      holds: ({ action, keys }) => coversAction(action, keys),
      found: ({ action }) => [action],
      dependsOn: ({ keys }) => actions.values.flatMap((value) => openVariables(value, keys)),
    },
    principalPart(statement),
    ...(resources === undefined ? [] : [resourcePart(resources)]),
    ...conditions.map(conditionPart),
  ];
}

/**
 * In a resource-based policy or a trust policy, a statement without principals applies to no
 * principal. In an identity-based policy it is the only valid form.
 */
function principalPart({ path, effect, principals }: Statement): Part {
  const found = ({ caller }: AccessRequest): ReturnType<Part["found"]> =>
    caller === undefined ? "open" : [describeCaller(caller)];
  if (principals === undefined || principals.members.length === 0) {
    const isOfCaller = ({ caller }: AccessRequest): boolean =>
      caller === undefined && principals === undefined;
    return {
      kind: "principal",
      path: principals?.path ?? path,
      wanted: [],
      holds: isOfCaller,
      found,
      dependsOn: () => [],
      isAsked: (request) => !isOfCaller(request),
    };
  }
  return {
    kind: "principal",
    path: principals.path,
    wanted: principals.members.map(({ type, text }) => (type === "Everyone" ? text : `${type} ${text}`)),
    holds: ({ caller }) => (caller === undefined ? "unknown" : matchPrincipals(principals, effect, caller)),
    found,
    dependsOn: () => [
      !principals.negated
        ? "principal"
        : effect === "Allow"
          ? "NotPrincipal with Allow, which AWS does not support"
          : "the permissions boundary of the principal",
    ],
  };
}

function describeCaller(caller: Caller): string {
  if (caller.type === "Anonymous") return "an anonymous caller";
  return caller.type === "Service" ? `Service ${caller.name}` : `${caller.type} ${caller.arn}`;
}

function resourcePart(resources: NonNullable<Statement["resources"]>): Part {
  const covers = compileResources(resources);
  // `*` alone covers every resource.
  const unsaid = resources.values.some(({ text }) => text === "*") ? !resources.negated : "unknown";
  return {
    kind: "resource",
    path: resources.path,
    wanted: resources.values.map(({ text }) => text),
    holds: ({ resource, keys }) => (resource === undefined ? unsaid : covers(resource, keys)),
    found: ({ resource }) => (resource === undefined ? "open" : [resource]),
    dependsOn: ({ resource, keys }) =>
      resource === undefined
        ? ["resource"]
        : resources.values.flatMap((value) =>
            isIncompleteArn(value) ? [`the incomplete ARN ${value.text}`] : openVariables(value, keys),
          ),
  };
}

function conditionPart(condition: Condition): Part {
  const { key, path, values } = condition;
  const test = compileCondition(condition);
  return {
    kind: "condition",
    path,
    condition,
    wanted: values.map(({ text }) => text),
    holds: ({ keys }) => test(keys),
    found: ({ keys }) => {
      const found = keys.get(key);
      return found.state === "set" ? found.values : found.state;
    },
    dependsOn: ({ keys }) => dependsOn(key, values, keys),
  };
}

/**
 * For an open key: the key. For open variables: their keys. For a value that cannot be compared:
 * its key.
 */
function dependsOn(key: string, values: readonly Value[], keys: RequestKeys): readonly string[] {
  const variables = values.flatMap((value) => openVariables(value, keys));
  return keys.get(key).state === "open" || variables.length === 0 ? [key] : variables;
}
