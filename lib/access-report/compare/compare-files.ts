import type { Access, Account, Person } from "../../config/model/model";
import type { ReadPlan } from "../../diff/model/facts";
import type { AwsData } from "../../iam/data/aws-data";
import { asPlans } from "../../live/compare/as-plan";
import { bucketResources, declaredSettings } from "../../live/compare/bucket-resources";
import {
  declaredBoundary,
  declaredBuckets,
  declaredProviders,
  declaredRole,
  declaredRoles,
} from "../../live/compare/declared-resources";
import type { LiveResource } from "../../live/compare/live-resource";
import type { Review } from "../../report/model/review";
import { reviewOf } from "../../report/model/review-of";

/**
 * What two versions of access.yaml grant, compared as a review compares a plan: by proof over all
 * tokens, requests and moments. Pure.
 * @param aws what is known of AWS
 */
export function compareFiles(before: Access, after: Access, aws: AwsData): Review {
  const accounts = new Map([...before.accounts, ...after.accounts].map((one) => [one.key, one]));
  const plans = [...accounts.values()].flatMap((account): readonly ReadPlan[] =>
    asPlans(declaredIn(before, account), declaredIn(after, account), account, "plan"),
  );
  return reviewOf(plans, { access: withPeopleOf(after, before), aws });
}

/** Everything that a version declares in an account and that decides access. */
function declaredIn(access: Access, { key }: Account): readonly LiveResource[] {
  const account = access.accounts.find((one) => one.key === key);
  if (account === undefined) return [];
  return [
    ...declaredRoles(access, account).map(declaredRole),
    ...declaredProviders(access, account),
    ...declaredBoundary(access, account),
    ...declaredBuckets(access, account).flatMap((one) => bucketResources(one, declaredSettings(one))),
  ];
}

/**
 * With the names of people who were in the file before: a name that is another person's now is left
 * out.
 */
function withPeopleOf(after: Access, before: Access): Access {
  const isTaken = ({ name, id }: Person): boolean =>
    after.people.some((person) => person.name === name || person.id === id);
  const gone = before.people.filter((person) => !isTaken(person));
  return gone.length === 0 ? after : { ...after, people: [...after.people, ...gone] };
}
