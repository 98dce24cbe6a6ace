import type { Role } from "../../config/model/model";

/** The ARN of a role, its path included. */
export function roleArn({ account, path, name }: Pick<Role, "account" | "path" | "name">): string {
  return `arn:${account.partition}:iam::${account.id}:role${path}${name}`;
}
