import { CreatePolicyCommand } from "@aws-sdk/client-iam";
import { createIamClient } from "../../../lib/aws/clients";
import type { Access } from "../../../lib/config/model/model";
import type { Connection } from "./read-back";

/**
 * Creates the customer-managed policies that the file refers to but does not define. The stand-in
 * of a boundary allows everything, and that of an attached policy allows only
 * `sts:GetCallerIdentity`, so that the file's own statements decide.
 * @returns their ARNs
 */
export async function createStandIns(access: Access, connection: Connection): Promise<readonly string[]> {
  const roles = access.projects.flatMap((project) => project.roles);
  // A computed boundary is deployed with the stacks.
  const computed = access.accounts.flatMap(({ boundary }) =>
    boundary?.from === "computed" ? [boundary.arn] : [],
  );
  const boundaries = new Set(
    roles
      .flatMap(({ permissionsBoundary = [] }) => permissionsBoundary)
      .filter((arn) => !computed.includes(arn)),
  );
  const attached = roles.flatMap(({ policies }) => policies);
  const wanted = [...new Set([...boundaries, ...attached])].flatMap(customerManaged);
  if (wanted.length === 0) return [];
  const iam = createIamClient(connection);
  try {
    for (const { arn, path, name } of wanted) {
      const action = boundaries.has(arn) ? "*" : "sts:GetCallerIdentity";
      const statement = { Effect: "Allow", Action: action, Resource: "*" };
      const document = JSON.stringify({ Version: "2012-10-17", Statement: statement });
      await iam.send(new CreatePolicyCommand({ PolicyName: name, Path: path, PolicyDocument: document }));
    }
  } finally {
    iam.destroy();
  }
  return wanted.map(({ arn }) => arn);
}

interface PolicyName {
  readonly arn: string;
  readonly path: string;
  readonly name: string;
}

/** AWS managed policies, whose account is `aws`, exist in every account. */
function customerManaged(arn: string): readonly PolicyName[] {
  const [, path, name] = /^arn:aws:iam::\d{12}:policy(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  return path === undefined || name === undefined ? [] : [{ arn, path, name }];
}
