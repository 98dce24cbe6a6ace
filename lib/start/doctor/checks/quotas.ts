import { GetAccountSummaryCommand, IAMServiceException } from "@aws-sdk/client-iam";
import { createIamClient } from "../../../aws/clients";
import { accountView } from "../../../config/model/account-view";
import type { Access, Account } from "../../../config/model/model";
import { textSize } from "../../../iam/language/document";
import { trustTextOf } from "../../../iam/write/trust/trust-policy";
import { type CheckResult, good, unknown, wrong } from "./check-result";

type Summary = Readonly<Record<string, number | undefined>>;

/**
 * Whether the roles, the provider and the trust policies of the file fit the account's quotas (IAM
 * API Reference, GetAccountSummary). The quota on trust policies may differ from the file's
 * `trustPolicyQuota`.
 */
export async function checkQuotas(access: Access, account: Account): Promise<readonly CheckResult[]> {
  const iam = createIamClient({ region: account.region });
  try {
    const { SummaryMap: summary = {} } = await iam.send(new GetAccountSummaryCommand({}));
    return [
      ...rolesResult(access, account, summary),
      ...providersResult(summary),
      ...trustResult(access, account, summary),
    ];
  } catch (error) {
    if (!(error instanceof IAMServiceException)) throw error;
    return [unknown("quotas", `iam:GetAccountSummary: ${error.name}`)];
  } finally {
    iam.destroy();
  }
}

function rolesResult(access: Access, account: Account, summary: Summary): readonly CheckResult[] {
  const { Roles: roles, RolesQuota: most } = summary;
  if (roles === undefined || most === undefined) return [unknown("roles", "IAM does not report the quota")];
  const own = accountView(access, account).roles;
  const detail = `${roles} of ${most} used in the account, ${own.length} in access.yaml`;
  // None of the file's roles may exist yet.
  if (roles + own.length <= most || roles <= most - 1) return [good("roles", detail)];
  return [wrong("roles", detail, 'request an increase: Service Quotas → IAM → "Roles per account"')];
}

/**
 * Quota "OpenId connect providers per account", which GetAccountSummary does not return; its count
 * includes SAML providers.
 */
const MOST_PROVIDERS = 100;

function providersResult({ Providers: providers }: Summary): readonly CheckResult[] {
  if (providers === undefined) return [unknown("providers", "IAM does not report their number")];
  const detail = `${providers} of ${MOST_PROVIDERS} used in the account`;
  return providers < MOST_PROVIDERS
    ? [good("providers", detail)]
    : [wrong("providers", detail, "delete an unused one: aws iam list-open-id-connect-providers")];
}

function trustResult(access: Access, account: Account, summary: Summary): readonly CheckResult[] {
  const most = summary.AssumeRolePolicySizeQuota;
  const what = "trust policies";
  if (most === undefined) return [unknown(what, "IAM does not report the quota on their length")];
  const sizes = accountView(access, account)
    .roles.map((role) => ({ name: role.name, size: textSize(trustTextOf(role)) }))
    .sort((one, other) => other.size - one.size);
  const [longest] = sizes;
  if (longest !== undefined && longest.size > most)
    return [
      wrong(
        what,
        `the trust policy of ${longest.name} has ${longest.size} characters; the account allows ${most}`,
        `set accounts.${account.key}.trustPolicyQuota to ${most}, or request an increase of the quota "Role trust policy length"`,
      ),
    ];
  return [good(what, `longest: ${longest?.size ?? 0} of ${most} characters`)];
}
