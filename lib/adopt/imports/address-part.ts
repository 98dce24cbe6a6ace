import { createHash } from "node:crypto";

/**
 * Part of a Terraform address for one policy of a role, the same wherever it stands in the file:
 * its name as far as an address can carry it, and a digest that keeps two apart. No such part ends
 * as another does, so no two addresses with different keys before it meet.
 * @param policy the ARN of an attached policy, or the name of an inline one
 */
export function addressPart(policy: string): string {
  const name = policy.slice(policy.lastIndexOf("/") + 1).replace(/[^A-Za-z0-9_-]/g, "-");
  const digest = createHash("sha256").update(policy).digest("hex").slice(0, 8);
  return `${name}_${digest}`;
}
