import { createHash } from "node:crypto";

/**
 * Part of a Terraform address for one attached policy, the same wherever it stands in the file: the policy's name as far
 * as an address can carry it, and a digest of the ARN that keeps two of one name apart.
 */
export function attachmentId(policyArn: string): string {
  const name = policyArn.slice(policyArn.lastIndexOf("/") + 1).replace(/[^A-Za-z0-9_-]/g, "-");
  const digest = createHash("sha256").update(policyArn).digest("hex").slice(0, 8);
  return `${name}_${digest}`;
}
