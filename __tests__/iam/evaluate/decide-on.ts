import { compilePolicy } from "../../../lib/iam/evaluate/compile-policy";
import { type Decision, decide } from "../../../lib/iam/evaluate/decide";
import { type AccessRequest, requestKeys } from "../../../lib/iam/evaluate/request";
import { parsePolicy } from "../../../lib/iam/language/read-policy";

/**
 * Decides by a policy as it is written, by default with an action and a resource that any statement
 * of the tests covers.
 */
export function decideOn(policy: object, request: Partial<AccessRequest> = {}): Decision {
  return decide(compilePolicy(parsePolicy(JSON.stringify(policy))), {
    action: "s3:GetObject",
    resource: "arn:aws:s3:::bucket/key",
    keys: requestKeys([], "absent"),
    ...request,
  });
}

/**
 * An Allow of everything under one condition, on a key of which the request says this; all other
 * keys are absent.
 */
export function decideCondition(
  operator: string,
  wanted: unknown,
  found: string | readonly string[] | "absent" | "open",
  others: Readonly<Record<string, string>> = {},
): Decision {
  const Statement = {
    Effect: "Allow",
    Action: "*",
    Resource: "*",
    Condition: { [operator]: { "aws:Key": wanted } },
  };
  const state = found === "absent" || found === "open" ? ({ state: found } as const) : found;
  return decideOn(
    { Version: "2012-10-17", Statement },
    { keys: requestKeys([...Object.entries(others), ["AWS:key", state]], "absent") },
  );
}
