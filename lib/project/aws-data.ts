import { readFileSync } from "node:fs";
import path from "node:path";
import { type AwsPolicies, awsPoliciesFrom, type ManagedPoliciesFile } from "../iam/data/managed-policies";
import { repositoryRoot } from "../programs/cache";

/** From the repository's root. */
export const MANAGED_POLICIES_FILE = "lib/iam/data/managed-policies.json";

let file: ManagedPoliciesFile | undefined;

/**
 * The AWS managed policies, which `npm run managed-policies` writes. The file, 3 MB, is read when
 * the first policy is asked for.
 */
export const awsPolicies: AwsPolicies = awsPoliciesFrom(() => {
  file ??= JSON.parse(readFileSync(path.join(repositoryRoot, MANAGED_POLICIES_FILE), "utf8"));
  if (file === undefined) throw new Error(`${MANAGED_POLICIES_FILE} is empty`);
  return file;
});
