import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { AccountStack, type AccountStackProps, keyedId } from "../constructs/account-stack";
import { CircleCiRole } from "../constructs/circleci-role";
import { PrivateBucket } from "../constructs/private-bucket";
import type { Role } from "../lib/access/model";

export interface ProjectStackProps extends AccountStackProps {
  /** The project's roles in this account: one at least. */
  readonly roles: readonly Role[];
}

/** The roles that one project's jobs may assume in one account, and their buckets. */
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
      });
      new TerraformOutput(scope, "bucket_name", { value: bucketName });
    }
  }
}
