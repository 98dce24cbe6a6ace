import type { Condition, Policy, Statement } from "../../language/policy";
import { listed, type Mistake } from "./mistake";

const SCHEME = /^https?:\/\//i;

/** Whether a condition key begins with a URL scheme. IAM then rejects the policy. */
export function hasKeyWithScheme({ statements }: Policy): boolean {
  return statements.some(({ conditions }) => conditions.some(({ key }) => SCHEME.test(key)));
}

/**
 * Keys that begin with `https://`: IAM refuses the policy (MalformedPolicyDocument, "Condition can
 * contain only one colon").
 */
export function keysWithScheme(statement: Statement): Mistake | undefined {
  const wrong = statement.conditions.filter(({ key }) => SCHEME.test(key));
  const [first] = wrong;
  if (first === undefined) return undefined;
  const keys = wrong.map(({ key }) => key);
  const meant = keys.map((key) => key.replace(SCHEME, ""));
  return {
    id: "key-with-scheme",
    path: first.path,
    message: `${listed(keys)} ${keys.length === 1 ? "begins" : "begin"} with the scheme of a URL. IAM rejects the policy (MalformedPolicyDocument: Condition can contain only one colon). Write ${listed(meant)}`,
    corrected: [
      {
        ...statement,
        conditions: statement.conditions.map(
          (one): Condition => ({ ...one, key: one.key.replace(SCHEME, "") }),
        ),
      },
    ],
  };
}
