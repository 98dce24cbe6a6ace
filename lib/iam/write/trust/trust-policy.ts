import { remembered } from "../../../collections/remembered";
import { hasGrant } from "../../../config/model/grants";
import type { AnyRole, Grant, Period, Role } from "../../../config/model/model";
import { providerArn } from "../../language/arns";
import { type PolicyDocument, policySize, printPolicy } from "../../language/document";
import { type GrantPart, partsOf } from "./grant-parts";
import { type Conditions, trustForms } from "./trust-forms";

/**
 * The trust policy of a role: exactly the granted tokens, at exactly the granted moments. One
 * statement for each period (docs/trust-forms.md), each in the most readable form with which the
 * policy fits.
 * @param grant its lists are sorted, so the same grant gives the same bytes
 * @param provider ARN of the account's OIDC provider for the organization's own issuer
 * @param quota characters of compact JSON that the account allows; if no form fits, the shortest is
 * returned
 */
export function writeTrustPolicy(grant: Grant, provider: string, quota: number): PolicyDocument {
  const choices = partsOf(grant).map((part) => statementsOf(part, provider));
  let chosen = choices.map(() => 0);
  for (;;) {
    const policy = policyOf(choices, chosen);
    if (policySize(policy) <= quota) return policy;
    const shorter = shortenLongest(choices, chosen);
    if (shorter === undefined) return policy;
    chosen = shorter;
  }
}

type Statement = PolicyDocument["Statement"][number];

/** One statement for each form of the part, the most readable first. */
function statementsOf({ grant, period }: GrantPart, provider: string): readonly Statement[] {
  return trustForms(grant).map(({ conditions }) => ({
    Effect: "Allow",
    Principal: { Federated: provider },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { ...conditions, ...periodConditions(period) },
  }));
}

/**
 * `aws:CurrentTime` is in every request, and AWS compares the time of its own clock. The end is the
 * first moment that is denied.
 */
function periodConditions(period: Period | undefined): Conditions {
  return {
    ...(period?.start === undefined ? {} : { DateGreaterThanEquals: { "aws:CurrentTime": period.start } }),
    ...(period?.end === undefined ? {} : { DateLessThan: { "aws:CurrentTime": period.end } }),
  };
}

function policyOf(choices: readonly (readonly Statement[])[], chosen: readonly number[]): PolicyDocument {
  const Statement = choices.flatMap((statements, at) => statements[chosen[at] ?? 0] ?? []);
  return { Version: "2012-10-17", Statement };
}

/**
 * The next shorter form for the longest statement that has one. Undefined: every statement has its
 * shortest form.
 */
function shortenLongest(
  choices: readonly (readonly Statement[])[],
  chosen: readonly number[],
): number[] | undefined {
  const sizes = choices.map((statements) => statements.map(sizeOf));
  const options = sizes.flatMap((of, at) => {
    const size = of[chosen[at] ?? 0] ?? 0;
    const next = of.findIndex((other, form) => form > (chosen[at] ?? 0) && other < size);
    return next === -1 ? [] : [{ at, next, size }];
  });
  if (options.length === 0) return undefined;
  const longest = options.reduce((one, other) => (other.size > one.size ? other : one));
  return chosen.map((form, at) => (at === longest.at ? longest.next : form));
}

function sizeOf(statement: Statement): number {
  return policySize({ Version: "2012-10-17", Statement: [statement] });
}

/** The same for a role in its account. */
export function trustPolicyOf({ grant, account }: Pick<Role, "grant" | "account">): PolicyDocument {
  return writeTrustPolicy(grant, providerArn(account, grant), account.trustPolicyQuota);
}

const TEXTS = new WeakMap<AnyRole, string>();

/**
 * The text of a role's trust policy as it goes to AWS, computed once for each role: the file's text
 * for a hand-written role or a kept wording, otherwise written from the grant.
 */
export function trustTextOf(role: AnyRole): string {
  return remembered(TEXTS, role, () =>
    hasGrant(role) ? (role.trust?.text ?? printPolicy(trustPolicyOf(role))) : role.trust.text,
  );
}
