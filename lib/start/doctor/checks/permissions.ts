import { IAMServiceException, paginateSimulatePrincipalPolicy } from "@aws-sdk/client-iam";
import { createIamClient } from "../../../aws/clients";
import { accountView } from "../../../config/model/account-view";
import type { Access, Account } from "../../../config/model/model";
import { providerArn, roleArn } from "../../../iam/language/arns";
import { bucketArn } from "../../../iam/write/buckets/bucket-permissions";
import { CHANGE_BUCKET_ACTIONS, CHANGE_ROLE_ACTIONS } from "../../../iam/write/terraform/change-permissions";
import { READ_BUCKET_ACTIONS, READ_ROLE_ACTIONS } from "../../../iam/write/terraform/read-permissions";
import { issuerOf } from "../../../token/issuer";
import { type CheckResult, good, unknown, wrong } from "./check-result";

interface RequiredPermissions {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/**
 * Whether the caller has the permissions that a deploy of the account's stacks needs, as simulated
 * by IAM (IAM API Reference, SimulatePrincipalPolicy). The simulation ignores bucket policies and
 * most organization policies, so it can be wrong in both directions.
 * @param arn of the caller, as STS returns it
 */
export async function checkPermissions(
  access: Access,
  account: Account,
  arn: string,
): Promise<readonly CheckResult[]> {
  const what = "permissions";
  const source = principalOf(arn);
  if (source === undefined)
    return [unknown(what, `IAM cannot simulate the policies of ${arn}: not a user or role`)];
  const iam = createIamClient({ region: account.region });
  try {
    const missing: string[] = [];
    for (const { actions, resources } of requiredIn(access, account)) {
      const pages = paginateSimulatePrincipalPolicy(
        { client: iam },
        { PolicySourceArn: source, ActionNames: [...actions], ResourceArns: [...resources] },
      );
      for await (const { EvaluationResults: results = [] } of pages) {
        for (const { EvalActionName: action, EvalDecision: decision, EvalResourceName: resource } of results)
          if (decision !== "allowed") missing.push(`${action} on ${resource}`);
      }
    }
    const [first] = missing;
    if (first === undefined) return [good(what, `${source} has the permissions that a deploy needs`)];
    const lacked =
      missing.length === 1 ? first : `${missing.length} permissions that a deploy needs, such as ${first}`;
    return [
      wrong(
        what,
        `${source} lacks ${lacked}`,
        "deploy with a role that can administer IAM and S3 in the account",
      ),
    ];
  } catch (error) {
    if (!(error instanceof IAMServiceException)) throw error;
    return [unknown(what, `iam:SimulatePrincipalPolicy: ${error.name}`)];
  } finally {
    iam.destroy();
  }
}

/** The role of a session's ARN, which leaves out the role's path. */
function principalOf(arn: string): string | undefined {
  const [, partition, account, role] = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (role !== undefined) return `arn:${partition}:iam::${account}:role/${role}`;
  return /^arn:[^:]+:iam::\d{12}:(?:user|role)\//.test(arn) ? arn : undefined;
}

/** One role and one bucket represent all others: each simulation takes a call. */
function requiredIn(access: Access, account: Account): readonly RequiredPermissions[] {
  const state = bucketArn(account.stateBucket, account.partition);
  const { roles, stacks, providers } = accountView(access, account);
  const own = roles.slice(0, 1);
  const bucket = roles.find((role) => role.bucket !== undefined)?.bucket;
  return [
    ...own.map((role) => ({
      actions: [...READ_ROLE_ACTIONS, ...CHANGE_ROLE_ACTIONS],
      resources: [roleArn(role)],
    })),
    ...providers.map(({ organization }) => ({
      actions: [
        "iam:GetOpenIDConnectProvider",
        "iam:CreateOpenIDConnectProvider",
        "iam:TagOpenIDConnectProvider",
      ],
      resources: [providerArn(account, issuerOf(organization))],
    })),
    ...(bucket === undefined
      ? []
      : [
          {
            actions: [...READ_BUCKET_ACTIONS, ...CHANGE_BUCKET_ACTIONS],
            resources: [bucketArn(bucket.name, account.partition)],
          },
        ]),
    { actions: ["s3:GetObject", "s3:PutObject"], resources: [`${state}/${stacks.identity}.tfstate`] },
  ];
}
