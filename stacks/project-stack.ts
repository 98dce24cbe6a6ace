import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { AccountStack, type AccountStackProps, keyedBucketId, keyedId } from "../constructs/account-stack";
import { CircleCiRole } from "../constructs/circleci-role";
import { PrivateBucket } from "../constructs/private-bucket";
import type { AnyRole, ProjectBucket } from "../lib/config/model/model";

export interface ProjectStackProps extends AccountStackProps {
  /** The project's roles in this account that do not run Terraform. */
  readonly roles: readonly AnyRole[];
  /**
   * The project's buckets in this account. There is at least one role or bucket.
   */
  readonly buckets: readonly ProjectBucket[];
}

/** The roles and buckets of one project in one account. */
export class ProjectStack extends AccountStack {
  constructor(app: Construct, id: string, props: ProjectStackProps) {
    super(app, id, props);
    for (const role of props.roles) {
      const scope = new CircleCiRole(this, keyedId(role.key), role);
      new TerraformOutput(scope, "role_arn", { value: scope.arn });
      if (role.bucket === undefined) continue;
      const { bucketName } = new PrivateBucket(scope, "bucket", {
        ...role.bucket,
        partition: props.account.partition,
        tags: role.awsTags,
        defaultTags: role.defaultTags,
      });
      new TerraformOutput(scope, "bucket_name", { value: bucketName });
    }
    for (const bucket of props.buckets) {
      const scope = new Construct(this, keyedBucketId(bucket.key));
      const { bucketName } = new PrivateBucket(scope, "own", {
        ...bucket,
        partition: props.account.partition,
        tags: bucket.awsTags,
      });
      new TerraformOutput(scope, "own_name", { value: bucketName });
    }
  }
}
