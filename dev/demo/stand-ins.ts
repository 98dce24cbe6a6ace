import { CreatePolicyCommand } from "@aws-sdk/client-iam";
import { createIamClient } from "../../lib/aws/clients";
import type { Access } from "../../lib/config/model/model";
import type { Connection } from "./read-back";

/**
 * Creates the customer-managed policies that the file takes for granted, since its own account has
 * them and an empty one has not. A boundary's stand-in limits nothing, and an attached one allows
 * nothing but to ask who one is: what the file itself says decides.
 * @returns their ARNs
 */
export async function createStandIns(access: Access, connection: Connection): Promise<readonly string[]> {
  const roles = access.projects.flatMap((project) => project.roles);
  // A boundary that is computed is deployed, like all else that the file says itself.
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

/** Those of AWS, whose account is called `aws`, are everywhere. */
function customerManaged(arn: string): readonly PolicyName[] {
  const [, path, name] = /^arn:aws:iam::\d{12}:policy(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  return path === undefined || name === undefined ? [] : [{ arn, path, name }];
}
