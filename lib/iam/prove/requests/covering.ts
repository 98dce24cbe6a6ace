import { isIncompleteArn, withCompleteArns } from "../../language/complete-arn";
import type { Policy, Principals, Statement } from "../../language/policy";
import { notExact } from "../core/value-parts";
import type { CoveringStatement } from "./read-statement";

/**
 * The statements of an identity-based policy: each has resources and no principal ("Grammar of the
 * IAM JSON policy language"). Incomplete ARNs are completed.
 * @throws ProjectError `proof-not-exact` for others: AWS rejects them and does not define their
 * meaning
 */
export function identityStatements(policy: Policy): readonly CoveringStatement[] {
  return withCompleteArns(policy).statements.map((statement) => {
    const { principals } = statement;
    if (principals !== undefined)
      throw notExact(principals.path, "a policy of a role must not name a principal");
    return withResources(statement);
  });
}

/**
 * The statements of a resource-based policy that have principals and resources. A statement without
 * principals applies to no principal.
 * @throws ProjectError `proof-not-exact` for others
 */
export function resourceStatements({ statements }: Policy): readonly ResourceStatement[] {
  return statements.flatMap((statement) => {
    const { principals } = statement;
    if (principals === undefined || principals.members.length === 0) return [];
    return [{ ...withResources(statement), principals }];
  });
}

/** A statement of a resource's policy. */
export interface ResourceStatement extends CoveringStatement {
  readonly principals: Principals;
}

function withResources(statement: Statement): CoveringStatement {
  const { resources } = statement;
  if (resources === undefined) throw notExact(statement.path, "the statement has no Resource");
  const incomplete = resources.values.find(isIncompleteArn);
  if (incomplete !== undefined)
    throw notExact(
      incomplete.path,
      `AWS does not document what the incomplete ARN "${incomplete.text}" matches here`,
    );
  return { ...statement, resources };
}
