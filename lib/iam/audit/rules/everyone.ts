import { compilePolicy } from "../../evaluate/compile-policy";
import { decide } from "../../evaluate/decide";
import { type AccessRequest, type KeyState, requestKeys } from "../../evaluate/request";
import { isUnsetForPrincipals } from "../../evaluate/token-keys";
import type { Policy, Statement } from "../../language/policy";
import { ANOTHER_ACCOUNT, ANOTHER_NAME } from "../../prove/requests/callers";

const ROLE = `arn:aws:iam::${ANOTHER_ACCOUNT}:role/${ANOTHER_NAME}`;
const ISSUER = `arn:aws:iam::${ANOTHER_ACCOUNT}:oidc-provider/${ANOTHER_NAME}.example`;

/**
 * What a request of a stranger has, from the internet (an address of RFC 5737, "TEST-NET-2"), and
 * not through a service or a VPC endpoint (IAM User Guide, "AWS global condition context keys").
 * Any other key may have any value: strangers choose the name, tags and time of their sessions.
 */
const KEYS: Readonly<Record<string, KeyState | string | readonly string[]>> = {
  "aws:PrincipalAccount": ANOTHER_ACCOUNT,
  "aws:PrincipalOrgID": "o-0000000000",
  "aws:PrincipalOrgPaths": ["o-0000000000/r-0000/ou-0000-00000000/"],
  "aws:PrincipalIsAWSService": "false",
  "aws:ViaAWSService": "false",
  "aws:SecureTransport": "true",
  "aws:SourceIp": "198.51.100.77",
  "aws:SourceAccount": { state: "absent" },
  "aws:SourceArn": { state: "absent" },
  "aws:SourceOrgID": { state: "absent" },
  "aws:SourceOrgPaths": { state: "absent" },
  "aws:SourceVpc": { state: "absent" },
  "aws:SourceVpce": { state: "absent" },
};

/**
 * Whether a statement lets in everyone: by `sts:AssumeRole` the principals of every AWS account,
 * whichever external ID, role name and session they choose; by `sts:AssumeRoleWithWebIdentity` the
 * tokens of every issuer for which the role's account has a provider. The policy's Deny statements
 * count. What cannot be decided counts as a yes.
 * @param allow an Allow statement of the policy
 */
export function everyoneLetIn(
  allow: Statement,
  { statements, ...document }: Policy,
): readonly ("accounts" | "issuers")[] {
  const considered = [allow, ...statements.filter(({ effect }) => effect === "Deny")];
  const policy = compilePolicy({ ...document, statements: considered });
  const conditions = considered.flatMap((one) => one.conditions);
  const unset = conditions
    .filter(({ key }) => isUnsetForPrincipals(key))
    .map(({ key }) => [key, { state: "absent" }] as const);
  const passes = (request: AccessRequest): boolean => decide(policy, request).verdict !== "denied";
  const isOpenToAccounts = [ROLE, ...conditions.flatMap(rolesMatching)].some((role) => {
    const arn = `arn:aws:sts::${ANOTHER_ACCOUNT}:assumed-role/${role.split("/").at(-1)}/${ANOTHER_NAME}`;
    const caller = { type: "AWS", account: ANOTHER_ACCOUNT, arn, role } as const;
    return EXTERNAL_IDS.some((externalId) => {
      const own = [
        ["aws:PrincipalArn", role],
        ["sts:ExternalId", externalId],
      ] as const;
      const keys = requestKeys([...Object.entries(KEYS), ...unset, ...own], "open");
      return passes({ action: "sts:AssumeRole", caller, keys });
    });
  });
  const isOpenToIssuers = passes({
    action: "sts:AssumeRoleWithWebIdentity",
    caller: { type: "Federated", arn: ISSUER },
    keys: requestKeys(unset, "open"),
  });
  return [
    ...(isOpenToAccounts ? (["accounts"] as const) : []),
    ...(isOpenToIssuers ? (["issuers"] as const) : []),
  ];
}

const EXTERNAL_IDS: readonly KeyState[] = [{ state: "absent" }, { state: "set", values: [ANOTHER_NAME] }];

/** Roles in the stranger's account with names that a condition on `aws:PrincipalArn` asks for. */
function rolesMatching({ key, values }: Statement["conditions"][number]): readonly string[] {
  if (key.toLowerCase() !== "aws:principalarn") return [];
  return values.flatMap(({ text }) => {
    const [account = "", ...resource] = text.split(":").slice(4);
    if (!/[*?]/.test(account) || resource.length === 0) return [];
    return [`arn:aws:iam::${ANOTHER_ACCOUNT}:${resource.join(":").replace(/[*?]/g, "x")}`];
  });
}
