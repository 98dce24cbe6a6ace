import { GetAccountSummaryCommand, IAMServiceException } from "@aws-sdk/client-iam";
import { createIamClient } from "../../../aws/clients";
import { accountView } from "../../../config/model/account-view";
import type { Access, Account } from "../../../config/model/model";
import { textSize } from "../../../iam/language/document";
import { trustTextOf } from "../../../iam/write/trust/trust-policy";
import { type CheckResult, good, unknown, wrong } from "./check-result";

type Summary = Readonly<Record<string, number | undefined>>;

/**
 * What IAM lets the account have (IAM API Reference, GetAccountSummary): roles and providers that
 * the file adds, and the length of trust policies as the account's real quota says, which the file
 * may believe to be another.
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
  if (roles === undefined || most === undefined)
    return [unknown("roles", "IAM does not say how many the account may have")];
  const own = accountView(access, account).roles;
  const detail = `${roles} of ${most} in the account, ${own.length} in the file`;
  // At worst none of the file's is there yet.
  if (roles + own.length <= most || roles <= most - 1) return [good("roles", detail)];
  return [wrong("roles", detail, 'ask for more: Service Quotas, "Roles per account"')];
}

/**
 * Quota "OpenId connect providers per account", which IAM's summary does not have; it counts SAML
 * providers among them.
 */
const MOST_PROVIDERS = 100;

function providersResult({ Providers: providers }: Summary): readonly CheckResult[] {
  if (providers === undefined) return [unknown("providers", "IAM does not say how many there are")];
  const detail = `${providers} of ${MOST_PROVIDERS}`;
  return providers < MOST_PROVIDERS
    ? [good("providers", detail)]
    : [wrong("providers", detail, "delete one that nothing uses: aws iam list-open-id-connect-providers")];
}

function trustResult(access: Access, account: Account, summary: Summary): readonly CheckResult[] {
  const most = summary.AssumeRolePolicySizeQuota;
  const what = "trust policies";
  if (most === undefined) return [unknown(what, "IAM does not say how long they may be")];
  const sizes = accountView(access, account)
    .roles.map((role) => ({ name: role.name, size: textSize(trustTextOf(role)) }))
    .sort((one, other) => other.size - one.size);
  const [longest] = sizes;
  if (longest !== undefined && longest.size > most)
    return [
      wrong(
        what,
        `that of ${longest.name} has ${longest.size} characters, and the account allows ${most}`,
        `set accounts.${account.key}.trustPolicyQuota to ${most}, or have the quota "Role trust policy length" raised`,
      ),
    ];
  return [good(what, `${longest?.size ?? 0} characters at most, of ${most}`)];
}
