import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { AccountStack, type AccountStackProps } from "../constructs/account-stack";
import { ImportBlock } from "../constructs/import-block";
import { PrivateBucket } from "../constructs/private-bucket";

/**
 * State can be recovered from noncurrent versions, so they are kept longer than in other buckets.
 */
const KEEP_STATES_DAYS = 365;

/** The bucket of the account's Terraform state, including this stack's. `bootstrap` creates it. */
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
