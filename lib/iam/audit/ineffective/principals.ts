import type { PrincipalMember, Statement } from "../../language/policy";
import { issuerIn, issuerOfKey } from "../core/names-circleci";
import { type AuditedPolicy, type Mistake, providersIn } from "./mistake";

const SOME_ACCOUNT = "123456789012";

/**
 * A statement without a principal, which IAM refuses in a trust policy ("Missing required field
 * Principal").
 */
export function missingPrincipal(statement: Statement, audited: AuditedPolicy): Mistake | undefined {
  const { principals, path } = statement;
  if (principals !== undefined && principals.members.length > 0) return undefined;
  const found = providerFor(statement, audited);
  return {
    id: "principal-missing",
    path: principals?.path ?? path,
    message: `the statement has no Principal: IAM rejects such a trust policy. Add "Principal": { "Federated": "${found.shown}" }`,
    ...correctedBy(statement, found),
  };
}

/**
 * A statement that names CircleCI by something other than the ARN of its OIDC provider in IAM: a
 * URL, a service, an account, a SAML provider, or a provider for a URL that is not an issuer of
 * CircleCI ("AWS JSON policy elements: Principal", OIDC principals).
 */
export function wrongPrincipal(statement: Statement, audited: AuditedPolicy): Mistake | undefined {
  const { principals } = statement;
  if (principals === undefined) return undefined;
  if (principals.negated) {
    return {
      id: "principal-not-provider",
      path: principals.path,
      message: `IAM does not accept NotPrincipal in a trust policy. To allow CircleCI jobs, write "Principal": { "Federated": "${providerFor(statement, audited).shown}" }`,
    };
  }
  if (principals.members.some(({ text }) => text === "*")) return undefined;
  if (providersIn([statement], audited).length > 0) return undefined;
  const wrong =
    principals.members.find(({ text }) => issuerIn(text, audited.context.servers) !== undefined) ??
    principals.members[0];
  if (wrong === undefined) return undefined;
  const found = providerFor(statement, audited);
  return {
    id: "principal-not-provider",
    path: wrong.path,
    message: `${wrong.type} ${JSON.stringify(wrong.text)} is not the ARN of an OIDC provider for CircleCI, so the statement allows no token. Write "Principal": { "Federated": "${found.shown}" }`,
    ...correctedBy(statement, found),
  };
}

/** The intended provider. */
interface Meant {
  readonly arn: string | undefined;
  /** With placeholders for unknown ids. */
  readonly shown: string;
  readonly isMadeUp: boolean;
}

function providerFor({ principals, conditions }: Statement, { policy, context }: AuditedPolicy): Meant {
  const members = principals?.members ?? [];
  const { servers } = context;
  const urls = [
    ...members.flatMap(({ text }) => issuerIn(text, servers) ?? []),
    ...conditions.flatMap(({ key }) => issuerOfKey(key, servers) ?? []),
  ];
  // An organization's own issuer before the one that all share.
  const url = urls.find((one) => one.includes("/org/")) ?? urls[0];
  const arns = [...members, ...policy.statements.flatMap((one) => one.principals?.members ?? [])].map(
    ({ text }) => text,
  );
  const known = (context.providers ?? []).find(
    (arn) => url !== undefined && arn.toLowerCase().endsWith(`:oidc-provider/${url.toLowerCase()}`),
  );
  const [partition, account] = accountIn([...(known === undefined ? [] : [known]), ...arns]);
  const arnOf = (id: string, issuer: string): string =>
    `arn:${partition ?? "aws"}:iam::${id}:oidc-provider/${issuer}`;
  return {
    arn: url === undefined ? undefined : (known ?? arnOf(account ?? SOME_ACCOUNT, url)),
    shown: known ?? arnOf(account ?? "<ACCOUNT>", url ?? "oidc.circleci.com/org/<ORG>"),
    isMadeUp: known === undefined && account === undefined,
  };
}

function accountIn(arns: readonly string[]): readonly [partition?: string, account?: string] {
  for (const arn of arns) {
    if (/^[0-9]{12}$/.test(arn)) return ["aws", arn];
    const [, partition, account] = /^arn:([^:]+):[^:]*:[^:]*:([0-9]{12}):/.exec(arn) ?? [];
    if (partition !== undefined && account !== undefined) return [partition, account];
  }
  return [];
}

function correctedBy(
  statement: Statement,
  { arn, isMadeUp }: Meant,
): Pick<Mistake, "corrected" | "isMadeUp"> {
  if (arn === undefined) return {};
  const path = statement.principals?.path ?? `${statement.path}.Principal`;
  const member: PrincipalMember = { path, type: "Federated", text: arn };
  const corrected = [{ ...statement, principals: { path, negated: false, members: [member] } }];
  return isMadeUp ? { corrected, isMadeUp } : { corrected };
}
