import fc from "fast-check";
import { compileAccess } from "../../../../lib/iam/evaluate/access";
import { compileIdentityPolicy } from "../../../../lib/iam/evaluate/compile-policy";
import { type Decision, decide } from "../../../../lib/iam/evaluate/decide";
import {
  type AccessRequest,
  type Caller,
  type RequestKeys,
  requestKeys,
} from "../../../../lib/iam/evaluate/request";
import type { Policy } from "../../../../lib/iam/language/policy";
import type {
  PermissionSource,
  Permissions,
  RequestCounterexample,
} from "../../../../lib/iam/prove/requests/compare-permissions";
import { allow, type ConditionJson, deny, managed, policyOf, type StatementJson } from "./write";

/**
 * A world small enough to look at every request in it: a few actions and resources, a text, a list,
 * a fact, and a policy with unknown contents.
 */
const VPC = "aws:SourceVpc";
const TAGS = "aws:TagKeys";
const TLS = "aws:SecureTransport";
const NAME = "aws:username";

const actions = ["s3:GetObject", "s3:PutObject", "iam:PassRole", "x:y"];
const resources = ["*", "arn:aws:s3:::a", "arn:aws:s3:::a/b", "arn:aws:s3:::b", "arn:aws:iam::1:role/a"];
const values: Readonly<Record<string, readonly (readonly string[] | undefined)[]>> = {
  [VPC]: [undefined, ["a"], ["A"], ["ab"], ["z"]],
  [TAGS]: [undefined, ["a"], ["z"], ["a", "b"], ["a", "z"], [""]],
  [TLS]: [undefined, ["true"], ["false"]],
  [NAME]: [undefined, ["a"], ["b"]],
};

/** What the policy with unknown contents says of a request. */
interface Hidden {
  readonly allows: boolean;
  readonly denies: boolean;
}

interface SmallRequest {
  readonly action: string;
  readonly resource: string;
  readonly keys: RequestKeys;
  readonly hidden: Hidden;
}

/**
 * Every request there is; a key that none of the permissions asks for is absent, which makes no
 * difference.
 */
export function requestsFor(...all: readonly Permissions[]): readonly SmallRequest[] {
  const text = JSON.stringify(all);
  let keys: readonly (readonly [string, readonly string[]])[][] = [[]];
  for (const [key, states] of Object.entries(values)) {
    if (!text.includes(key)) continue;
    keys = keys.flatMap((some) =>
      states.map((state) => (state === undefined ? some : [...some, [key, state] as const])),
    );
  }
  const hidden: readonly Hidden[] = text.includes('"opaque"')
    ? [true, false].flatMap((allows) => [true, false].map((denies) => ({ allows, denies })))
    : [{ allows: false, denies: false }];
  const known = keys.map((some) => requestKeys(some, "absent"));
  return actions.flatMap((action) =>
    resources.flatMap((resource) =>
      known.flatMap((some) => hidden.map((one) => ({ action, resource, keys: some, hidden: one }))),
    ),
  );
}

/**
 * A counterexample as requests: of what it leaves open, one way in which it can be, but everybody
 * by whom a variable may be filled in.
 */
export function requestsOf({
  action,
  resource,
  keys,
  facts,
}: RequestCounterexample): readonly SmallRequest[] {
  const known = [...keys, ...facts].flatMap(({ key, values: found }) =>
    found === undefined || found === "absent" ? [] : [[key, found] as const],
  );
  const says = (saying: string): boolean =>
    facts.some((one) => one.values === undefined && one.saying === saying && one.holds);
  const hidden = { allows: says("allows it"), denies: says("denies it") };
  return (values[NAME] ?? []).map((name) => {
    const filled = name === undefined ? known : [...known, [NAME, name] as const];
    return { action, resource, keys: requestKeys(filled, "absent"), hidden };
  });
}

/** Whether a request is allowed. */
export type Judge = (request: SmallRequest) => boolean;

/** As the evaluator says of all policies together: what confirms a counterexample. */
export function evaluatorOf(permissions: Permissions): Judge {
  const caller: Caller = {
    type: "AWS",
    account: "1",
    arn: "arn:aws:sts::1:assumed-role/r/s",
    role: "arn:aws:iam::1:role/r",
  };
  return judgeWith(permissions, ({ identity, boundary }) => {
    const judge = compileAccess({ identity, ...(boundary === undefined ? {} : { boundary }) }, caller);
    return (request) => judge(request).verdict;
  });
}

/**
 * As it says of each policy by itself, put together here: many times faster, for looking at every
 * request.
 */
export function judgeOf(permissions: Permissions): Judge {
  return judgeWith(permissions, ({ identity, boundary }) => {
    const policies = identity.map(compileIdentityPolicy);
    const limit = boundary && compileIdentityPolicy(boundary);
    return (request) => {
      const said = policies.map((policy) => decide(policy, request).because);
      const most = limit === undefined ? "allow" : decide(limit, request).because;
      if ([...said, most].includes("open")) return "unknown";
      if ([...said, most].includes("explicit-deny")) return "denied";
      return said.includes("allow") && most === "allow" ? "allowed" : "denied";
    };
  });
}

interface Policies {
  readonly identity: readonly Policy[];
  readonly boundary: Policy | undefined;
}

function judgeWith(
  { identity, boundary }: Permissions,
  compile: (policies: Policies) => (request: AccessRequest) => Decision["verdict"],
): Judge {
  const known = new Map<string, ReturnType<typeof compile>>();
  return ({ action, resource, keys, hidden }) => {
    const key = `${hidden.allows} ${hidden.denies}`;
    const judge =
      known.get(key) ??
      compile({
        identity: identity.map((source) => policyFor(source, hidden)),
        boundary: boundary && policyFor(boundary, hidden),
      });
    known.set(key, judge);
    const request = { action, resource, keys };
    const verdict = judge(request);
    if (verdict === "unknown") throw new Error(`the evaluator cannot say: ${action} on ${resource}`);
    return verdict === "allowed";
  };
}

const NOTHING = allow("nothing:Nothing", "arn:aws:nothing:::nothing");

function policyFor(source: PermissionSource, { allows, denies }: Hidden): Policy {
  if (source.kind === "policy") return source.policy;
  return policyOf(NOTHING, ...(allows ? [allow("*", "*")] : []), ...(denies ? [deny("*", "*")] : []));
}

const action = fc.constantFrom(
  ...actions,
  "S3:getobject",
  "s3:*",
  "s3:Get*",
  "*",
  "*:?????????",
  "iam:*",
  "x:?",
);
const resource = fc.constantFrom(
  ...resources,
  "arn:aws:s3:::a*",
  "arn:aws:s3:::*",
  "arn:aws:s3:::?",
  "*a",
  "arn:aws:iam::*",
  "arn:aws:s3",
  "arn:aws",
  "arn:aws:iam:*",
);
const variable = fc.constantFrom(
  "arn:aws:s3:::${aws:username}",
  "arn:aws:s3:::a/${aws:username}",
  "*${aws:username}",
);
const few = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> =>
  fc.array(one, { minLength: 1, maxLength: 3 });
const text = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("a", "b", "ab", "A", "a*", "*b", "?", "*", "") },
  { weight: 1, arbitrary: fc.constantFrom("${aws:username}", "a${aws:username}") },
);
const stringOperator = fc
  .tuple(
    fc.constantFrom(
      "StringEquals",
      "StringLike",
      "StringNotEquals",
      "StringNotLike",
      "StringEqualsIgnoreCase",
    ),
    fc.constantFrom("", "", "IfExists"),
  )
  .map((parts) => parts.join(""));
const condition: fc.Arbitrary<ConditionJson> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(stringOperator, few(text)).map(([name, wanted]) => ({ [name]: { [VPC]: wanted } })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom("ForAllValues:", "ForAnyValue:"),
        fc.constantFrom("StringEquals", "StringLike", "StringNotLike"),
        few(text),
      )
      .map(([qualifier, name, wanted]) => ({ [`${qualifier}${name}`]: { [TAGS]: wanted } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(VPC, TAGS, TLS), fc.constantFrom("true", "false"))
      .map(([key, isMissing]) => ({ Null: { [key]: isMissing } })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("Bool", "BoolIfExists").map((name) => ({ [name]: { [TLS]: "true" } })),
  },
);

const statement: fc.Arbitrary<StatementJson> = fc
  .record({
    effect: fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const),
    actions: few(action),
    resources: few(fc.oneof({ weight: 6, arbitrary: resource }, { weight: 1, arbitrary: variable })),
    notAction: fc.constantFrom(false, false, false, true),
    notResource: fc.constantFrom(false, false, false, true),
    conditions: fc.array(condition, { maxLength: 2 }),
  })
  .map((one) => ({
    Effect: one.effect,
    [one.notAction ? "NotAction" : "Action"]: one.actions,
    [one.notResource ? "NotResource" : "Resource"]: one.resources,
    ...(one.conditions.length === 0
      ? {}
      : { Condition: Object.assign({}, ...one.conditions) as ConditionJson }),
  }));

const source: fc.Arbitrary<PermissionSource> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(statement, { minLength: 1, maxLength: 3 })
      .map((statements) => ({ kind: "policy", policy: policyOf(...statements) }) as const),
  },
  { weight: 1, arbitrary: fc.constant(managed("ReadOnlyAccess")) },
);

export const anyPermissions: fc.Arbitrary<Permissions> = fc
  .tuple(fc.array(source, { maxLength: 2 }), fc.option(source, { freq: 3, nil: undefined }))
  .map(([identity, boundary]) => ({ identity, ...(boundary === undefined ? {} : { boundary }) }));

/** Two sets of permissions, of which the second is often the first with a change. */
export const anyPair: fc.Arbitrary<readonly [Permissions, Permissions]> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(anyPermissions, anyPermissions) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(anyPermissions, source)
      .map(([one, more]) => [one, { ...one, identity: [...one.identity, more] }] as const),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(anyPermissions, source)
      .map(([one, boundary]) => [one, { ...one, boundary }] as const),
  },
  { weight: 1, arbitrary: anyPermissions.map((one) => [one, splitUp(one)] as const) },
);

/** Unknown, since the name of the user is: random pairs seldom are. */
export const dependsOnVariable: readonly [Permissions, Permissions] = [
  { identity: [] },
  { identity: [{ kind: "policy", policy: policyOf(allow("s3:GetObject", "arn:aws:s3:::${aws:username}")) }] },
];

/** The same permissions, each statement a policy of its own, and one of them twice. */
function splitUp({ identity, ...rest }: Permissions): Permissions {
  const split = identity.flatMap((one): readonly PermissionSource[] =>
    one.kind === "opaque"
      ? [one]
      : one.policy.statements.map((each) => ({
          kind: "policy",
          policy: { ...one.policy, statements: [each] },
        })),
  );
  return { ...rest, identity: [...split, ...split.slice(0, 1)].reverse() };
}
