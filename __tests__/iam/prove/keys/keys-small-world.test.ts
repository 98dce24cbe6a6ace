import fc from "fast-check";
import { compilePolicy } from "../../../../lib/iam/evaluate/compile-policy";
import { type Decision, decide } from "../../../../lib/iam/evaluate/decide";
import { type RequestKeys, requestKeys } from "../../../../lib/iam/evaluate/request";
import type { Policy } from "../../../../lib/iam/language/policy";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import type { Fact } from "../../../../lib/iam/prove/keys/fact";
import { comparePermissions } from "../../../../lib/iam/prove/requests/compare-permissions";
import { compare } from "../../../../lib/iam/prove/tokens/compare";
import { cases } from "../../automata/cases";
import { relationOf } from "../relation-of";
import { policyOf, type StatementJson } from "../requests/write";
import { anyPair, type SmallStatement, statesOf } from "./small-keys";

const PROVIDER =
  "arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";

function permissionsOf(statements: readonly SmallStatement[]): Policy {
  return policyOf(
    ...statements.map(({ effect, conditions }): StatementJson => {
      const Condition = Object.keys(conditions).length === 0 ? undefined : conditions;
      return {
        Effect: effect,
        Action: "s3:GetObject",
        Resource: "*",
        ...(Condition === undefined ? {} : { Condition }),
      };
    }),
  );
}

function trustOf(statements: readonly SmallStatement[]): Policy {
  const Statement = statements.map(({ effect, conditions }) => ({
    Effect: effect,
    Principal: { Federated: PROVIDER },
    Action: "sts:AssumeRoleWithWebIdentity",
    ...(Object.keys(conditions).length === 0 ? {} : { Condition: conditions }),
  }));
  return parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement }));
}

type Keys = ReadonlyMap<string, readonly string[]>;
type Judge = (keys: RequestKeys) => Decision["verdict"];

/** Both kinds of policies say the same of the keys, so the one that names a resource is asked. */
function judgeOf(policy: Policy): Judge {
  const compiled = compilePolicy(policy);
  return (keys) => decide(compiled, { action: "s3:GetObject", resource: "*", keys }).verdict;
}

interface Comparison {
  readonly relation: string;
  readonly gained?: { readonly keys?: readonly KeyValues[]; readonly facts: readonly Fact[] };
  readonly lost?: { readonly keys?: readonly KeyValues[]; readonly facts: readonly Fact[] };
  readonly reason?: string;
}

interface KeyValues {
  readonly key: string;
  readonly values?: readonly string[] | "absent";
}

/**
 * A counterexample as requests: its keys have the values that it gives, and all others are as in
 * any of these.
 */
function requestsOf(
  counterexample: NonNullable<Comparison["gained"]>,
  others: readonly Keys[],
): readonly RequestKeys[] {
  const said = [...(counterexample.keys ?? []), ...counterexample.facts];
  const set = said.flatMap(({ key, values }) =>
    values === undefined || values === "absent" ? [] : [[key, values] as const],
  );
  const isSaid = new Set(said.map(({ key }) => key));
  const isClockSaid = isSaid.has("aws:CurrentTime") || isSaid.has("aws:EpochTime");
  return others.map((some) => {
    const rest = [...some].filter(
      ([key]) => !isSaid.has(key) && !(isClockSaid && (key === "aws:CurrentTime" || key === "aws:EpochTime")),
    );
    return requestKeys([...rest, ...set], "absent");
  });
}

const seen = { trust: new Map<string, number>(), permissions: new Map<string, number>() };

function check(
  kind: keyof typeof seen,
  { relation, gained, lost, reason }: Comparison,
  found: { readonly gained: boolean; readonly lost: boolean },
  [was, is]: readonly [Judge, Judge],
  others: readonly Keys[],
): void {
  seen[kind].set(relation, (seen[kind].get(relation) ?? 0) + 1);
  const confirmed = (counterexample: Comparison["gained"], allowing: Judge, denying: Judge): unknown => {
    if (counterexample === undefined) return "none";
    for (const { values } of counterexample.facts) expect(values).toBeDefined();
    const wrong = requestsOf(counterexample, others).filter(
      (keys) => allowing(keys) !== "allowed" || denying(keys) !== "denied",
    );
    return wrong.length === 0 ? "confirmed" : { counterexample, wrong: wrong.length };
  };
  if (relation === "unknown") expect(reason).toMatch(/AWS does not document/);
  const isKnown = relation !== "unknown";
  expect({
    kind,
    relation,
    gained: confirmed(gained, is, was),
    lost: confirmed(lost, was, is),
    missed: isKnown && ((found.gained && gained === undefined) || (found.lost && lost === undefined)),
  }).toEqual({
    kind,
    relation: isKnown ? relationOf(gained !== undefined, lost !== undefined) : "unknown",
    gained: gained === undefined ? "none" : "confirmed",
    lost: lost === undefined ? "none" : "confirmed",
    missed: false,
  });
}

test("for keys of every type, comparisons agree with the decisions on every request of a small model", () => {
  fc.assert(
    fc.property(anyPair, ([before, after]) => {
      const [was, is] = [judgeOf(permissionsOf(before)), judgeOf(permissionsOf(after))];
      const states = statesOf(JSON.stringify([before, after]));
      const verdicts = states.map((state) => {
        const keys = requestKeys(state, "absent");
        return [was(keys), is(keys)] as const;
      });
      const found = {
        gained: verdicts.some(([old, present]) => old === "denied" && present === "allowed"),
        lost: verdicts.some(([old, present]) => old === "allowed" && present === "denied"),
      };
      // A counterexample says nothing of keys that do not matter: as they are in some requests,
      // whichever can be read.
      const readable = states.filter((_, at) => verdicts[at]?.every((one) => one !== "unknown"));
      const others = [new Map(), ...readable.filter((_, at) => at % 7 === 0).slice(0, 12)];
      const judges = [was, is] as const;
      check("trust", compare(trustOf(before), trustOf(after)), found, judges, others);
      const [old, present] = [before, after].map((statements) => ({
        identity: [{ kind: "policy" as const, policy: permissionsOf(statements) }],
      }));
      if (old === undefined || present === undefined) throw new Error("two policies");
      check("permissions", comparePermissions(old, present), found, judges, others);
    }),
    cases(250, 100_000),
  );
  for (const relations of Object.values(seen)) {
    for (const relation of ["same", "narrower", "broader", "both-ways", "unknown"])
      expect(relations.get(relation) ?? 0).toBeGreaterThan(0);
  }
});
