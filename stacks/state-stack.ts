import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { AccountStack, type AccountStackProps } from "../constructs/account-stack";
import { ImportBlock } from "../constructs/import-block";
import { PrivateBucket } from "../constructs/private-bucket";

/**
 * A lost state is found in an old version of its object: they are kept longer than other buckets'
 * versions.
 */
const KEEP_STATES_DAYS = 365;

/**
 * The bucket that holds the account's states, this stack's own included. `bootstrap` creates it;
 * this stack takes it over.
 */
export class StateStack extends AccountStack {
  constructor(scope: Construct, id: string, props: AccountStackProps) {
    super(scope, id, props);
    const { account } = props;
    const bucket = new PrivateBucket(this, "state", {
      name: account.stateBucket,
      partition: account.partition,
      keepVersionsDays: KEEP_STATES_DAYS,
      forceDestroy: false,
      keep: [],
    });
    new ImportBlock(this, "adopt_state_bucket", { to: "aws_s3_bucket.state", id: account.stateBucket });
    new TerraformOutput(this, "state_bucket", { value: bucket.bucketName });
  }
}
