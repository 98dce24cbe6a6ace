import { isJsonObject } from "../../iam/language/json";

/**
 * What a value of a plan says of one policy: its ARN, or the name of a customer-managed policy in
 * whichever account (IAM Identity Center).
 */
type PolicyReference =
  | { readonly arn: string }
  /** Path and name, such as `/teams/site`. */
  | { readonly named: string };

/**
 * The policies that an attribute names: an ARN, a list of ARNs, or blocks such as
 * `customer_managed_policy_reference` and `permissions_boundary` of a permission set. Undefined:
 * the value has another form, and what it names is unknown.
 */
export function referencesOf(value: unknown): readonly PolicyReference[] | undefined {
  if (typeof value === "string") return [{ arn: value }];
  if (Array.isArray(value)) {
    const found = value.map(referencesOf);
    return found.includes(undefined) ? undefined : found.flatMap((one) => one ?? []);
  }
  if (!isJsonObject(value)) return undefined;
  const { name, path, managed_policy_arn: arn, customer_managed_policy_reference: inside } = value;
  if (typeof name === "string") return [{ named: `${typeof path === "string" ? path : "/"}${name}` }];
  if (typeof arn === "string" && arn !== "") return [{ arn }];
  return inside === undefined || inside === null ? undefined : referencesOf(inside);
}
