import type { Access, Account } from "../../config/model/model";
import type { AwsData } from "../../iam/data/aws-data";
import type { StackReview } from "../../plan/stack-review";
import { stackHasChanges } from "../../report/model/has-changes";
import type { Review } from "../../report/model/review";
import { reviewOf } from "../../report/model/review-of";
import type { AccountAsItIs } from "../read/account-as-it-is";
import { asPlans } from "./as-plan";
import { declaredBoundary } from "./declared-resources";
import { type Observed, observedIn } from "./observed";
import { bucketsOf, policiesOf, providersOf, rolesOf } from "./sides";

/** An account as it is, compared with what access.yaml declares in it. */
export interface LiveComparison {
  /** The account's key in access.yaml. */
  readonly account: string;
  /**
   * Where they differ, as a review of changes made outside of Terraform: from the file to the
   * account. `access`: who can do what more or less than the file says, by proof. `findings`: of
   * `audit`, on every trust policy as it is in the account. `notExamined`: what AWS refused to
   * show. Empty lists: nothing differs in what was examined.
   */
  readonly review: Review;
  readonly examined: Examined;
  /** What the file does not say, for a comparison with another moment. */
  readonly observed: readonly Observed[];
}

/** How much was examined. */
export interface Examined {
  /** Roles of access.yaml, those included that the account does not have. */
  readonly roles: number;
  /** Roles that are not in access.yaml and whose trust policy concerns CircleCI. */
  readonly otherRoles: number;
  readonly providers: number;
  readonly buckets: number;
}

/** @param found the account as it is now @param aws what is known of AWS */
export function compareAccount(
  access: Access,
  account: Account,
  found: AccountAsItIs,
  aws: AwsData,
): LiveComparison {
  const roles = rolesOf(access, account, found);
  const providers = providersOf(access, account, found);
  const buckets = bucketsOf(access, account, found);
  const policies = policiesOf(access, account, found);
  const parts = [roles, providers, buckets, policies];
  const plans = asPlans(
    parts.flatMap(({ declared }) => declared),
    parts.flatMap((one) => one.found),
    account,
  );
  const review = reviewOf(plans, { access, aws });
  const open = parts.flatMap(({ unread }) => unread);
  const isPartial = ({ name }: StackReview): boolean => open.some(({ stack }) => stack === name);
  return {
    account: account.key,
    review: {
      ...review,
      // A stack is without changes only if all of it was examined.
      stacks: review.stacks.filter((stack) => stackHasChanges(stack) || !isPartial(stack)),
      ...(open.length === 0 ? {} : { notExamined: open }),
    },
    examined: {
      roles: roles.declared.length,
      otherRoles: roles.others,
      providers: providers.declared.length,
      buckets: buckets.examined,
    },
    observed: observedIn(
      found,
      new Set(declaredBoundary(access, account).map(({ values }) => String(values.arn))),
    ),
  };
}
