import { compilePolicy } from "../../evaluate/compile-policy";
import { decide } from "../../evaluate/decide";
import { type KeyState, requestKeys } from "../../evaluate/request";
import { isNoTokenKey } from "../../evaluate/token-keys";
import type { Policy, Statement } from "../../language/policy";

/** An account that no policy names: it stands for all others. */
const STRANGER = "000000000000";
const NAME = "a-name-that-no-policy-has";
const ROLE = `arn:aws:iam::${STRANGER}:role/${NAME}`;
const ISSUER = `arn:aws:iam::${STRANGER}:oidc-provider/${NAME}.example`;

/**
 * What a request of a stranger has, from the internet (an address of RFC 5737, "TEST-NET-2"), and
 * not through a service or a VPC endpoint (IAM User Guide, "AWS global condition context keys").
 * Any other key may have any value: strangers choose the name, tags and time of their sessions.
 */
const KEYS: Readonly<Record<string, KeyState | string | readonly string[]>> = {
  "aws:PrincipalAccount": STRANGER,
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
 * Whether a principal of an account that the policy does not name can assume the role by
 * `sts:AssumeRole` with this statement, whichever external ID, role name and session it chooses. A
 * Deny of the policy counts. What cannot be decided counts as a yes.
 * @param allow an Allow statement of the policy
 */
export function letsInEveryAccount(allow: Statement, whole: Policy): boolean {
  const { policy, conditions, ofTokens } = alone(allow, whole);
  const roles = new Set([ROLE, ...conditions.flatMap(rolesMatching)]);
  const externalIds: readonly KeyState[] = [{ state: "absent" }, { state: "set", values: [NAME] }];
  return [...roles].some((role) => {
    const arn = `arn:aws:sts::${STRANGER}:assumed-role/${role.split("/").at(-1)}/${NAME}`;
    const caller = { type: "AWS", account: STRANGER, arn, role } as const;
    return externalIds.some((externalId) => {
      const own = [
        ["aws:PrincipalArn", role],
        ["sts:ExternalId", externalId],
      ] as const;
      const keys = requestKeys([...Object.entries(KEYS), ...ofTokens, ...own], "open");
      return decide(policy, { action: "sts:AssumeRole", caller, keys }).verdict !== "denied";
    });
  });
}

/**
 * Whether a token of an issuer that the policy does not name can assume the role with this
 * statement, if the account has an OIDC provider for it. What cannot be decided counts as a yes.
 * @param allow an Allow statement of the policy
 */
export function letsInEveryIssuer(allow: Statement, whole: Policy): boolean {
  const { policy, ofTokens } = alone(allow, whole);
  const caller = { type: "Federated", arn: ISSUER } as const;
  const keys = requestKeys(ofTokens, "open");
  return decide(policy, { action: "sts:AssumeRoleWithWebIdentity", caller, keys }).verdict !== "denied";
}

/**
 * The statement with every Deny of the policy, and the keys that only tokens of named issuers have.
 */
function alone(allow: Statement, { statements, ...document }: Policy) {
  const considered = [allow, ...statements.filter(({ effect }) => effect === "Deny")];
  const conditions = considered.flatMap((one) => one.conditions);
  const ofTokens = conditions
    .filter(({ key }) => /^[^:]*\.[^:]*:/.test(key) || isNoTokenKey(key))
    .map(({ key }) => [key, { state: "absent" }] as const);
  return { policy: compilePolicy({ ...document, statements: considered }), conditions, ofTokens };
}

/** Roles in the stranger's account with names that a condition on `aws:PrincipalArn` asks for. */
function rolesMatching({ key, values }: Statement["conditions"][number]): readonly string[] {
  if (key.toLowerCase() !== "aws:principalarn") return [];
  return values.flatMap(({ text }) => {
    const [account = "", ...resource] = text.split(":").slice(4);
    if (!/[*?]/.test(account) || resource.length === 0) return [];
    return [`arn:aws:iam::${STRANGER}:${resource.join(":").replace(/[*?]/g, "x")}`];
  });
}
