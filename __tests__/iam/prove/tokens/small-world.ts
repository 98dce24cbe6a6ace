import fc from "fast-check";
import type { Counterexample } from "../../../../lib/iam/prove/tokens/counterexample";
import { withoutEmpty } from "./mutations";
import type { ConditionJson, Context, PolicyJson, StatementJson } from "./reference";

/**
 * A world small enough to look at every request in it: texts of a few letters, two issuers, one
 * fact besides.
 */
const ORGANIZATION = "aa";
const HOST = `oidc.circleci.com/org/${ORGANIZATION}`;
export const PROVIDER = `arn:aws:iam::123456789012:oidc-provider/${HOST}`;
const OTHER_PROVIDER = "arn:aws:iam::123456789012:oidc-provider/example.com";
const KEYS = {
  sub: `${HOST}:sub`,
  aud: `${HOST}:aud`,
  project: `${HOST}:oidc.circleci.com/project-id`,
  unset: `${HOST}:oidc.circleci.com/ssh-rerun`,
  foreign: "example.com:sub",
  open: "aws:SourceVpc",
};

const texts = ["", "a", "A", "b", "z", "aa", "ab", "aB", "ba", "bz", "zz", "aab", "abz", "bab", "zab"];
const few = ["a", "b", "ab", "z", ""];

/** Claims that are absent, texts or lists; and a fact that is so, otherwise, or not to be known. */
const CLAIMS = ["sub", "aud", "project", "open"] as const;
const values: Readonly<Record<(typeof CLAIMS)[number], readonly (string | readonly string[] | undefined)[]>> =
  {
    sub: [undefined, ...texts],
    aud: [undefined, ["a"], ["b"], ["z"], ["a", "b"], ["a", "z"]],
    project: [undefined, "a", "z"],
    open: [undefined, "vpc", "other"],
  };

const known = new Map<string, readonly Context[]>();

/**
 * Every request there is; a key that none of the policies asks for is absent, which makes no
 * difference.
 */
export function requestsFor(...policies: readonly PolicyJson[]): readonly Context[] {
  const text = JSON.stringify(policies);
  const asked = CLAIMS.filter((name) => text.includes(KEYS[name]));
  const requests = known.get(asked.join()) ?? allRequests(asked);
  known.set(asked.join(), requests);
  return requests;
}

function allRequests(asked: readonly (typeof CLAIMS)[number][]): readonly Context[] {
  let entries: readonly (readonly [string, string | readonly string[] | undefined])[][] = [[]];
  for (const name of asked) {
    entries = entries.flatMap((some) => values[name].map((value) => [...some, [KEYS[name], value] as const]));
  }
  return entries.map(contextOf);
}

function contextOf(entries: readonly (readonly [string, string | readonly string[] | undefined])[]): Context {
  return new Map(
    entries.flatMap(([key, value]) =>
      value === undefined ? [] : [[key.toLowerCase(), [value].flat()] as const],
    ),
  );
}

/**
 * A counterexample as a request: its claims, and the values that it gives to keys; what it leaves
 * open is absent.
 */
export function requestOf({ claims, facts }: Counterexample): Context {
  const prefix = claims.iss.replace("https://", "");
  return contextOf([
    [`${prefix}:sub`, claims.sub],
    [`${prefix}:aud`, claims.aud],
    [`${prefix}:oidc.circleci.com/project-id`, claims["oidc.circleci.com/project-id"]],
    ...facts.map(({ key, values: found }) => [key, found === "absent" ? undefined : found] as const),
  ]);
}

const value = fc.oneof(
  fc.constantFrom(...few),
  fc.array(fc.constantFrom("a", "b", "A", "*", "?"), { maxLength: 3 }).map((parts) => parts.join("")),
);
const operator = fc
  .tuple(
    fc.constantFrom("", "", "", "ForAllValues:", "ForAnyValue:"),
    fc.constantFrom(
      "StringEquals",
      "StringLike",
      "StringNotEquals",
      "StringNotLike",
      "StringEqualsIgnoreCase",
      "StringNotEqualsIgnoreCase",
    ),
    fc.constantFrom("", "", "IfExists"),
  )
  // What a missing key means to ForAnyValue with IfExists, the User Guide does not say.
  .map(([qualifier, base, ifExists]) => `${qualifier}${base}${qualifier === "ForAnyValue:" ? "" : ifExists}`);
const textCondition: fc.Arbitrary<ConditionJson> = fc
  .tuple(
    operator,
    fc.constantFrom(KEYS.sub, KEYS.sub, KEYS.sub, KEYS.aud, KEYS.aud, KEYS.project, KEYS.unset, KEYS.foreign),
    fc.array(value, { minLength: 1, maxLength: 3 }),
  )
  .map(([name, key, values]) => ({ [name]: { [key]: values } }));
const nullCondition: fc.Arbitrary<ConditionJson> = fc
  .tuple(fc.constantFrom(...Object.values(KEYS)), fc.constantFrom("true", "false"))
  .map(([key, isMissing]) => ({ Null: { [key]: isMissing } }));
const openCondition: fc.Arbitrary<ConditionJson> = fc
  .constantFrom("StringEquals", "StringNotEquals", "StringEqualsIfExists", "StringNotEqualsIfExists")
  .map((name) => ({ [name]: { [KEYS.open]: "vpc" } }));

const statement: fc.Arbitrary<StatementJson> = fc
  .record({
    effect: fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const),
    principal: fc.oneof(
      { weight: 8, arbitrary: fc.constant({ Federated: PROVIDER }) },
      { weight: 1, arbitrary: fc.constant({ Federated: [OTHER_PROVIDER, PROVIDER] }) },
      { weight: 1, arbitrary: fc.constant("*" as const) },
    ),
    conditions: fc.array(
      fc.oneof(
        { weight: 8, arbitrary: textCondition },
        { weight: 1, arbitrary: nullCondition },
        { weight: 1, arbitrary: openCondition },
      ),
      { maxLength: 3 },
    ),
  })
  .map(({ effect, principal, conditions }) =>
    withoutEmpty({
      Effect: effect,
      Principal: principal,
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: conditions.reduce(merge, {}),
    }),
  );

function merge(one: ConditionJson, other: ConditionJson): ConditionJson {
  const merged: Record<string, Readonly<Record<string, string | readonly string[]>>> = { ...one };
  for (const [name, keys] of Object.entries(other)) merged[name] = { ...merged[name], ...keys };
  return merged;
}

export const anyPolicy: fc.Arbitrary<PolicyJson> = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((statements) => ({ Version: "2012-10-17", Statement: statements }));

/** Two policies, of which the second is often the first with a change. */
export const anyPair: fc.Arbitrary<readonly [PolicyJson, PolicyJson]> = fc.oneof(
  fc.tuple(anyPolicy, anyPolicy),
  fc
    .tuple(anyPolicy, statement)
    .map(([policy, more]) => [policy, { ...policy, Statement: [...policy.Statement, more] }] as const),
  anyPolicy.map(
    (policy) =>
      [policy, { ...policy, Statement: [...policy.Statement, ...policy.Statement].reverse() }] as const,
  ),
);
