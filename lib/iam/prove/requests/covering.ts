import type { Policy, Statement } from "../../language/policy";
import { notExact } from "../value-parts";
import type { CoveringStatement } from "./read-statement";

/**
 * The statements of an identity policy: each names resources and no principal ("Grammar of the IAM JSON policy language").
 * @throws ProjectError `proof-not-exact` for others: AWS refuses them, and what they would mean nobody says
 */
export function identityStatements({ statements }: Policy): readonly CoveringStatement[] {
  return statements.map((statement) => {
    const { principals } = statement;
    if (principals !== undefined) throw notExact(principals.path, "a policy of a role names no principal");
    return withResources(statement);
  });
}

/**
 * The statements of a resource's policy: each names principals, and resources.
 * @throws ProjectError `proof-not-exact` for others
 */
export function resourceStatements({ statements }: Policy): readonly CoveringStatement[] {
  return statements.map((statement) => {
    if (statement.principals === undefined)
      throw notExact(statement.path, "the statement of a resource's policy names nobody");
    return withResources(statement);
  });
}

function withResources(statement: Statement): CoveringStatement {
  const { resources } = statement;
  if (resources === undefined) throw notExact(statement.path, "the statement names no resource");
  return { ...statement, resources };
}
