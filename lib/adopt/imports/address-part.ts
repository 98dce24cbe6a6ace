import { createHash } from "node:crypto";

/**
 * The part of a Terraform address that identifies one policy of a role, independent of its position
 * in the file: its name in the characters that an address allows, and a digest that makes it
 * unique.
 * @param policy the ARN of an attached policy, or the name of an inline one
 */
export function addressPart(policy: string): string {
  const name = policy.slice(policy.lastIndexOf("/") + 1).replace(/[^A-Za-z0-9_-]/g, "-");
  const digest = createHash("sha256").update(policy).digest("hex").slice(0, 8);
  return `${name}_${digest}`;
}
