import { parsePolicy } from "../../../lib/iam/language/read-policy";
import type { Permissions } from "../../../lib/iam/prove/requests/compare-permissions";
import { type Effective, effectiveOf } from "../../../lib/iam/risk/effective";

export function allow(
  Action: string | readonly string[],
  Resource: unknown = "*",
  more: object = {},
): object {
  return { Effect: "Allow", Action, Resource, ...more };
}

export function deny(Action: string | readonly string[], Resource: unknown = "*", more: object = {}): object {
  return { Effect: "Deny", Action, Resource, ...more };
}

/** Identity-based permissions with these statements. */
export function permissions(...statements: readonly object[]): Permissions {
  return { identity: [policy(...statements)] };
}

export function policy(...Statement: readonly object[]) {
  const text = JSON.stringify({ Version: "2012-10-17", Statement });
  return { kind: "policy", policy: parsePolicy(text) } as const;
}

export function effective(...statements: readonly object[]): Effective {
  return effectiveOf(permissions(...statements));
}
