import { canonical } from "../../diff/model/change";
import type { AccountAsItIs } from "../read/account-as-it-is";

/**
 * A value of the account that access.yaml does not say, so that only another run can compare it.
 */
export interface Observed {
  /** Such as: customer-managed policy arn:aws:iam::123456789012:policy/logs. */
  readonly what: string;
  /** The value as text, the same for the same meaning. */
  readonly value: string;
}

/**
 * The contents of customer-managed policies that roles have or are limited by, and the thumbprints
 * of CircleCI's providers.
 * @param declared ARNs of policies that the file declares, which are compared with it
 */
export function observedIn(
  { policies, providers }: Pick<AccountAsItIs, "policies" | "providers">,
  declared: ReadonlySet<string>,
): readonly Observed[] {
  return [
    ...policies
      .filter(({ arn }) => !declared.has(arn))
      .map(({ arn, document }) => ({ what: `customer-managed policy ${arn}`, value: canonical(document) })),
    ...providers.map(({ arn, thumbprints }) => ({
      what: `thumbprints of ${arn}`,
      value: [...thumbprints].sort().join(","),
    })),
  ];
}
