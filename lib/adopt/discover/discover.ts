import type { Account } from "../../config/model/model";
import type { Issuer } from "../../token/issuer";
import type { Inventory } from "../inventory/inventory";
import { AwsReader } from "./aws-reader";
import { bucketsOf } from "./bucket-names";
import { findBuckets } from "./buckets";
import { findProviders } from "./providers";
import type { ReadClients } from "./read-clients";
import { findRoles } from "./roles";

interface Wanted {
  readonly account: Account;
  /** The issuers of the organizations. */
  readonly issuers: readonly Issuer[];
  /** Buckets of `--bucket`, besides those that policies of the roles name. */
  readonly buckets: readonly string[];
  /** Buckets of the account that access.yaml names. */
  readonly declared: readonly string[];
}

/**
 * Reads the providers, roles, policies and buckets of an account that concern CircleCI, with the
 * calls of `READ_CALLS` only.
 * @throws ProjectError `aws-not-asked`; `bucket-missing` (exit 2)
 */
export async function discover({ iam, s3 }: ReadClients, wanted: Wanted): Promise<Inventory> {
  const { account, issuers, buckets: asked, declared } = wanted;
  const reader = new AwsReader();
  const providers = await findProviders(iam, issuers, reader);
  const { roles, policies } = await findRoles(iam, issuers, reader);
  const pointedAt = bucketsOf(roles, policies);
  const buckets = await findBuckets(
    s3,
    account.id,
    { pointedAt, asked, declared, stateBucket: account.stateBucket },
    reader,
  );
  return {
    account: account.id,
    partition: account.partition,
    region: account.region,
    providers,
    roles,
    policies,
    buckets,
    unseen: reader.refused,
  };
}
