import type { Policy } from "../../../../lib/iam/language/policy";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import type { PermissionSource } from "../../../../lib/iam/prove/requests/compare-permissions";

export interface StatementJson {
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: ConditionJson;
}

export type ConditionJson = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export function allow(
  Action: string | readonly string[],
  Resource: string | readonly string[],
  Condition?: ConditionJson,
): StatementJson {
  return { Effect: "Allow", Action, Resource, ...(Condition === undefined ? {} : { Condition }) };
}

export function deny(
  Action: string | readonly string[],
  Resource: string | readonly string[],
  Condition?: ConditionJson,
): StatementJson {
  return { ...allow(Action, Resource, Condition), Effect: "Deny" };
}

export function policyOf(...statements: readonly StatementJson[]): Policy {
  return parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
}

export function readable(...statements: readonly StatementJson[]): PermissionSource {
  return { kind: "policy", policy: policyOf(...statements) };
}

export function managed(name: string): PermissionSource {
  return { kind: "opaque", name: `arn:aws:iam::aws:policy/${name}` };
}
