import { compareText } from "../../../collections/sort";
import { PERMISSIONS_MANAGEMENT_SERVICES } from "../../../config/model/boundary";
import type { Account, AnyRole, IdentityStatement } from "../../../config/model/model";
import { oneOrMany, type PolicyDocument, type PolicyStatement } from "../../language/document";
import { bucketArn, writeBucketPermissions } from "../buckets/bucket-permissions";
import { deployStatements } from "../deploys/deploy-permissions";

/**
 * The boundary of these roles: everything that the file gives to one of them, without permissions
 * management and without access to Terraform state.
 * @param roles those of one account that do not run Terraform; none has policies in files of their
 * own (checks/boundaries.ts)
 */
export function writeBoundary(roles: readonly AnyRole[], account: Account): PolicyDocument {
  const stateBucket = bucketArn(account.stateBucket, account.partition);
  const deploys = roles.flatMap((role) =>
    role.deploys === undefined ? [] : deployStatements(role.deploys, account).map(withoutSid),
  );
  const statements = [
    ...mergedByActions(
      roles.flatMap(({ bucket }) =>
        bucket === undefined ? [] : writeBucketPermissions(bucket, account).Statement,
      ),
    ),
    ...mergedByActions(deploys),
    ...roles.flatMap((role) => role.statements.filter(({ Effect }) => Effect === "Allow").map(withoutSid)),
  ];
  return {
    Version: "2012-10-17",
    Statement: [
      ...distinct(statements),
      ...noPermissionsManagement(deploys),
      { Sid: "NoStates", Effect: "Deny", Action: "s3:*", Resource: [stateBucket, `${stateBucket}/*`] },
    ],
  };
}

/**
 * Denies every action that manages permissions, except those that presets allow: `iam:PassRole` and
 * `sts:AssumeRole` of single roles. Every other action on these roles is denied.
 * @param deploys the statements of presets, none of which has a wildcard in an action
 */
function noPermissionsManagement(deploys: readonly PolicyStatement[]): readonly PolicyStatement[] {
  const Action = PERMISSIONS_MANAGEMENT_SERVICES.map((service) => `${service}:*`);
  const actionsOf = new Map<string, string[]>();
  for (const statement of deploys) {
    const exempt = [statement.Action ?? []].flat().filter(isExempt);
    for (const resource of exempt.length === 0 ? [] : [statement.Resource ?? []].flat())
      actionsOf.set(resource, [...(actionsOf.get(resource) ?? []), ...exempt]);
  }
  if (actionsOf.size === 0) return [{ Sid: "NoRightsToGiveRights", Effect: "Deny", Action, Resource: "*" }];
  const alone = [...actionsOf].map(([Resource, actions]): PolicyStatement => {
    const NotAction = oneOrMany([...new Set(actions)].sort(compareText));
    return { Effect: "Deny", NotAction, Resource };
  });
  return [
    { Sid: "NoRightsToGiveRights", Effect: "Deny", Action, NotResource: oneOrMany([...actionsOf.keys()]) },
    ...mergedByActions(alone),
  ];
}

function isExempt(action: string): boolean {
  return action === "iam:PassRole" || action === "sts:AssumeRole";
}

/** A name may stand once in a policy, and two roles may use the same. */
function withoutSid({ Sid: _, ...statement }: IdentityStatement | PolicyStatement): PolicyStatement {
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
