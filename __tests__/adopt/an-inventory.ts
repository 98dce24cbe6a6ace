import type { FoundRole, Inventory } from "../../lib/adopt/inventory/inventory";
import { printPolicy } from "../../lib/iam/language/document";
import { trustPolicyOf } from "../../lib/iam/write/trust/trust-policy";
import { aRole } from "../fixtures/access";

/** A manually created role: only alice, from `main`. */
export function aFoundRole(differences: Partial<FoundRole> = {}): FoundRole {
  const { name = "ci-deploy" } = differences;
  return {
    name,
    arn: `arn:aws:iam::123456789012:role/${name}`,
    path: "/",
    sessionSeconds: 3_600,
    trust: printPolicy(trustPolicyOf(aRole())),
    inline: [],
    attached: [],
    tags: {},
    ...differences,
  };
}

export function anInventory(differences: Partial<Inventory> = {}): Inventory {
  return {
    account: "123456789012",
    partition: "aws",
    region: "us-east-1",
    providers: [],
    roles: [aFoundRole()],
    policies: [],
    buckets: [],
    unseen: [],
    ...differences,
  };
}
