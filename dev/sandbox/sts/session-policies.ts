import { ProjectError } from "../../../lib/errors";
import { isIncompleteArn } from "../../../lib/iam/language/complete-arn";
import { parsePolicy } from "../../../lib/iam/language/read-policy";
import type { Account, NamedPolicy } from "../account/account";
import type { AwsFault } from "../protocol/aws-fault";
import { type SessionParameters, validationError } from "./parameters";

/**
 * Maximum size of the inline policy and all ARNs in total (STS API Reference,
 * AssumeRoleWithWebIdentity, PolicyArns).
 */
const MAX_CHARACTERS = 2_048;

/**
 * Parses the session policies.
 * @returns undefined if the request has none, or the error of STS
 */
export async function readSessionPolicies(
  { policy, policyArns }: SessionParameters,
  account: Pick<Account, "managedPolicy">,
): Promise<readonly NamedPolicy[] | undefined | AwsFault> {
  if (policy === undefined && policyArns.length === 0) return undefined;
  const size = [policy ?? "", ...policyArns].reduce((sum, text) => sum + text.length, 0);
  if (size > MAX_CHARACTERS) {
    const percent = Math.ceil((size / MAX_CHARACTERS) * 100);
    return {
      status: 400,
      code: "PackedPolicyTooLarge",
      message: `Packed size of session policy consumes ${percent}% of allotted space.`,
    };
  }
  const named: NamedPolicy[] = [];
  if (policy !== undefined) {
    const inline = readInline(policy);
    if (typeof inline === "string") return { status: 400, code: "MalformedPolicyDocument", message: inline };
    named.push(inline);
  }
  for (const arn of policyArns) {
    const managed = await account.managedPolicy(arn);
    if (managed === undefined) return validationError(`Requested policy ${arn} does not exist`);
    named.push({ name: arn, policy: managed });
  }
  return named;
}

/**
 * Parses the inline session policy, which must have resources and must not have principals.
 * @returns the policy, or an error message
 */
function readInline(text: string): NamedPolicy | string {
  try {
    const policy = parsePolicy(text);
    const wrong = policy.statements.find(
      ({ principals, resources }) => principals !== undefined || resources === undefined,
    );
    // "Session policies … do not support incomplete ARNs" (IAM User Guide, "IAM ARNs", note).
    const incomplete = policy.statements
      .flatMap(({ resources }) => resources?.values ?? [])
      .find(isIncompleteArn);
    if (incomplete !== undefined)
      return `${incomplete.path} is an incomplete ARN, which session policies do not support: ${incomplete.text}`;
    if (wrong === undefined) return { name: "session policy", policy };
    return wrong.principals === undefined
      ? `${wrong.path} has no resource`
      : `${wrong.path} has a principal, which session policies do not support`;
  } catch (error) {
    if (error instanceof ProjectError) return error.message;
    throw error;
  }
}
