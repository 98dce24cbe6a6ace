import { CreateRoleCommand, type IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Project } from "../../../../lib/config/model/model";
import { printPolicy } from "../../../../lib/iam/language/document";
import { inlinePolicies } from "../../../../lib/iam/write/inline-policies";
import { provenTrustPolicy } from "../../../../lib/iam/write/trust/proven-trust-policy";

/** Creates the roles of a project, with their policies and buckets, as Terraform would. */
export async function createRoles({ roles }: Project, iam: IAMClient, s3: S3Client): Promise<void> {
  for (const role of roles) {
    const AssumeRolePolicyDocument = provenTrustPolicy(role);
    await iam.send(new CreateRoleCommand({ RoleName: role.name, AssumeRolePolicyDocument }));
    for (const { name: PolicyName, document } of inlinePolicies(role)) {
      const PolicyDocument = printPolicy(document);
      await iam.send(new PutRolePolicyCommand({ RoleName: role.name, PolicyName, PolicyDocument }));
    }
    await s3.send(new CreateBucketCommand({ Bucket: role.bucket?.name ?? "" }));
  }
}
