import { PERMISSIONS_MANAGEMENT_SERVICES } from "../../../config/model/boundary";
import type { Account, AnyRole, IdentityStatement } from "../../../config/model/model";
import { oneOrMany, type PolicyDocument, type PolicyStatement } from "../../language/document";
import { bucketArn, writeBucketPermissions } from "../buckets/bucket-permissions";

/**
 * The boundary of these roles: everything that the file gives to one of them, without permissions
 * management and without access to Terraform state.
 * @param roles those of one account that do not run Terraform; none has policies in files of their
 * own (checks/boundaries.ts)
 */
export function writeBoundary(roles: readonly AnyRole[], account: Account): PolicyDocument {
  const stateBucket = bucketArn(account.stateBucket, account.partition);
  const statements = [
    ...mergedByActions(
      roles.flatMap(({ bucket }) =>
        bucket === undefined ? [] : writeBucketPermissions(bucket, account).Statement,
      ),
    ),
    ...roles.flatMap((role) => role.statements.filter(({ Effect }) => Effect === "Allow").map(withoutSid)),
  ];
  return {
    Version: "2012-10-17",
    Statement: [
      ...distinct(statements),
      {
        Sid: "NoRightsToGiveRights",
        Effect: "Deny",
        Action: PERMISSIONS_MANAGEMENT_SERVICES.map((service) => `${service}:*`),
        Resource: "*",
      },
      { Sid: "NoStates", Effect: "Deny", Action: "s3:*", Resource: [stateBucket, `${stateBucket}/*`] },
    ],
  };
}

/** A name may stand once in a policy, and two roles may use the same. */
function withoutSid({ Sid: _, ...statement }: IdentityStatement): PolicyStatement {
  return statement;
}

/** Statements that differ in their resource alone are one with several. */
function mergedByActions(statements: readonly PolicyStatement[]): readonly PolicyStatement[] {
  const merged = new Map<string, { statement: PolicyStatement; resources: string[] }>();
  for (const statement of statements) {
    const { Resource, ...rest } = statement;
    const same = JSON.stringify(rest);
    const resources = [Resource ?? []].flat();
    const before = merged.get(same);
    if (before === undefined) merged.set(same, { statement, resources });
    else before.resources.push(...resources);
  }
  return [...merged.values()].map(({ statement, resources }) => ({
    ...statement,
    Resource: oneOrMany([...new Set(resources)]),
  }));
}

function distinct(statements: readonly PolicyStatement[]): readonly PolicyStatement[] {
  return [...new Map(statements.map((one) => [JSON.stringify(one), one])).values()];
}
