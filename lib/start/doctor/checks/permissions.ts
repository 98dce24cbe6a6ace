import { IAMServiceException, paginateSimulatePrincipalPolicy } from "@aws-sdk/client-iam";
import { createIamClient } from "../../../aws/clients";
import { accountView } from "../../../config/model/account-view";
import type { Access, Account } from "../../../config/model/model";
import { providerArn } from "../../../iam/language/provider-arn";
import { roleArn } from "../../../iam/language/role-arn";
import { bucketArn } from "../../../iam/write/buckets/bucket-permissions";
import { CHANGE_BUCKET_ACTIONS, CHANGE_ROLE_ACTIONS } from "../../../iam/write/terraform/change-permissions";
import { READ_BUCKET_ACTIONS, READ_ROLE_ACTIONS } from "../../../iam/write/terraform/read-permissions";
import { issuerOf } from "../../../token/issuer";
import { type CheckResult, good, unknown, wrong } from "./check-result";

interface Wanted {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/**
 * Whether the caller may do what a deploy of the account's stacks does, as IAM's own simulation of
 * the caller's policies says (IAM API Reference, SimulatePrincipalPolicy). It knows nothing of
 * bucket policies and little of organization policies, so it may be wrong in both directions.
 * @param arn of the caller, as STS gives it
 */
export async function checkPermissions(
  access: Access,
  account: Account,
  arn: string,
): Promise<readonly CheckResult[]> {
  const what = "permissions";
  const source = principalOf(arn);
  if (source === undefined)
    return [unknown(what, `${arn} is no user and no role whose policies IAM could simulate`)];
  const iam = createIamClient({ region: account.region });
  try {
    const missing: string[] = [];
    for (const { actions, resources } of wantedIn(access, account)) {
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
    if (first === undefined) return [good(what, `${source} may do what a deploy does`)];
    const more = missing.length === 1 ? "" : `, and ${missing.length - 1} more`;
    return [
      wrong(
        what,
        `${source} may not ${first}${more}`,
        "deploy with a role that administers IAM and S3 in the account",
      ),
    ];
  } catch (error) {
    if (!(error instanceof IAMServiceException)) throw error;
    return [unknown(what, `iam:SimulatePrincipalPolicy: ${error.name}`)];
  } finally {
    iam.destroy();
  }
}

/** A session's ARN names its role; a path, which it leaves out, cannot be known from it. */
function principalOf(arn: string): string | undefined {
  const [, partition, account, role] = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (role !== undefined) return `arn:${partition}:iam::${account}:role/${role}`;
  return /^arn:[^:]+:iam::\d{12}:(?:user|role)\//.test(arn) ? arn : undefined;
}

/** One role and one bucket stand for all: the simulation takes its time for each. */
function wantedIn(access: Access, account: Account): readonly Wanted[] {
  const state = bucketArn(account.stateBucket, account.partition);
  const { roles, stacks } = accountView(access, account);
  const own = roles.slice(0, 1);
  const bucket = roles.find((role) => role.bucket !== undefined)?.bucket;
  return [
    ...own.map((role) => ({
      actions: [...READ_ROLE_ACTIONS, ...CHANGE_ROLE_ACTIONS],
      resources: [roleArn(role)],
    })),
    {
      actions: [
        "iam:GetOpenIDConnectProvider",
        "iam:CreateOpenIDConnectProvider",
        "iam:TagOpenIDConnectProvider",
      ],
      resources: [providerArn(account, issuerOf(access.organization))],
    },
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
