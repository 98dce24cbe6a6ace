import { readFileSync } from "node:fs";
import path from "node:path";
import {
  type ActionCatalogue,
  type ActionDetailsFile,
  actionCatalogueFrom,
} from "../iam/data/action-details";
import type { AwsData } from "../iam/data/aws-data";
import { awsPoliciesFrom, type ManagedPoliciesFile } from "../iam/data/managed-policies";
import { repositoryRoot } from "../programs/cache";

/** From the repository's root. */
export const MANAGED_POLICIES_FILE = "lib/iam/data/managed-policies.json";
export const ACTION_DETAILS_FILE = "lib/iam/data/action-details.json";

let policies: ManagedPoliciesFile | undefined;
let details: ActionDetailsFile | undefined;

/**
 * The actions of every service, which `npm run actions` writes. Read when the first is asked for.
 */
const actions: ActionCatalogue = actionCatalogueFrom(() => {
  details ??= jsonIn<ActionDetailsFile>(ACTION_DETAILS_FILE);
  return details;
});

const managed = awsPoliciesFrom(() => {
  policies ??= jsonIn<ManagedPoliciesFile>(MANAGED_POLICIES_FILE);
  return policies;
});

/**
 * What this version knows of AWS: the managed policies, which `npm run managed-policies` writes,
 * and the actions. A file, 3 MB, is read when the first policy or action is asked for.
 */
export const awsPolicies: AwsData = {
  get date() {
    return managed.date ?? "";
  },
  contentOf: managed.contentOf,
  actions,
};

/** The file is generated from checked data (dev/tools). */
function jsonIn<T>(file: string): T {
  return JSON.parse(readFileSync(path.join(repositoryRoot, file), "utf8"));
}
