import type { Policy } from "../language/policy";
import { parsePolicy } from "../language/read-policy";

/**
 * The AWS managed policies whose contents follow from their description and cannot change:
 * "Provides full access to AWS services and resources" and "Deny all access" (AWS Managed Policy
 * Reference Guide, "AdministratorAccess" and "AWSDenyAll"). AWS extends all others, so their
 * contents are not known here.
 */
const POLICIES: ReadonlyMap<string, Policy> = new Map([
  ["AdministratorAccess", everything("Allow")],
  ["AWSDenyAll", everything("Deny")],
]);

const OF_AWS = /^arn:aws(?:-[a-z]+)*:iam::aws:policy\/([^/]+)$/;

/** @param name an ARN; undefined: it is not known */
export function wellKnownPolicy(name: string): Policy | undefined {
  return POLICIES.get(OF_AWS.exec(name)?.[1] ?? "");
}

function everything(effect: "Allow" | "Deny"): Policy {
  const Statement = { Effect: effect, Action: "*", Resource: "*" };
  return parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement }));
}
