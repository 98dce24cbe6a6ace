import { type Phrase, quoted } from "./phrase";

const PATTERN = /^arn:[^:]*:(?:iam|sts)::([^:]*):(.+)$/s;
const KINDS = /^(role|user|assumed-role)\/(.+)$/s;

/**
 * The principals that a pattern of ARNs matches, such as of `aws:PrincipalArn`: role `deploy` of
 * any account; roles like `ci-*` in account `111122223333`; one principal by its ARN. Undefined: it
 * matches every principal, and says nothing of them.
 */
export function describePrincipals(pattern: string): Phrase | undefined {
  const [, account, resource] = PATTERN.exec(pattern) ?? [];
  if (account === undefined || resource === undefined)
    return isEvery(pattern) || /^arn:\*+$/.test(pattern) ? undefined : [quoted(pattern)];
  if (!/[*?]/.test(account) && !/[*?]/.test(resource)) return [quoted(pattern)];
  const isAnyAccount = /[*?]/.test(account);
  const where: Phrase = !isAnyAccount
    ? [" in account ", quoted(account)]
    : isEvery(account)
      ? [" of any account"]
      : [" of accounts like ", quoted(account)];
  if (isEvery(resource)) {
    if (!isAnyAccount) return ["any principal in account ", quoted(account)];
    return isEvery(account) ? undefined : ["any principal", ...where];
  }
  const [, kind, name] = KINDS.exec(resource) ?? [];
  if (kind === undefined || name === undefined) return ["principals like ", quoted(resource), ...where];
  const called = kind === "assumed-role" ? "session" : kind;
  if (isEvery(name)) return [`any ${called}`, ...where];
  return /[*?]/.test(name)
    ? [`${called}s like `, quoted(name), ...where]
    : [`${called} `, quoted(name), ...where];
}

function isEvery(text: string): boolean {
  return /^\*+(?:\/\*+)?$/.test(text);
}
