import type { RefusedCall } from "../../adopt/inventory/inventory";
import type { Access, Account } from "../../config/model/model";
import type { NotExamined } from "../../plan/not-examined";
import type { AccountAsItIs } from "../read/account-as-it-is";
import { bucketResources, declaredSettings } from "./bucket-resources";
import {
  declaredBoundary,
  declaredBuckets,
  declaredProviders,
  declaredRole,
  declaredRoles,
} from "./declared-resources";
import { foundPolicy, foundProvider, foundRole, withTextsOf } from "./found-resources";
import { keyOf, type LiveResource } from "./live-resource";
import { notExamined } from "./refused";

/** The stack of what the account has and access.yaml does not declare. */
export const NOT_DECLARED = "not in access.yaml";

/** The same things, as they are declared and as they were found, and what was not read of them. */
interface Sides {
  readonly declared: readonly LiveResource[];
  readonly found: readonly LiveResource[];
  readonly unread: readonly NotExamined[];
}

/** The roles of the file, and others that concern CircleCI. */
export function rolesOf(
  access: Access,
  account: Account,
  { roles, refused }: AccountAsItIs,
): Sides & { readonly others: number } {
  const all = declaredRoles(access, account).map((one) => declaredRole(one));
  const listing = refusedOf(refused, "iam:GetAccountAuthorizationDetails")[0];
  if (listing !== undefined)
    return { ...NOTHING, others: 0, unread: unreadAll(all, "aws_iam_role", listing) };
  const details = refusedOf(refused, "iam:GetRole");
  const declaredByName = new Map(all.map((one) => [nameKey(one.values.name), one]));
  const foundByName = new Map(roles.map((role) => [nameKey(role.name), role]));
  const notRead = new Set(details.map(({ object }) => nameKey(object)));
  const declared = all.filter(({ values }) => !notRead.has(nameKey(values.name)));
  const found = declared.flatMap((one) => {
    const role = foundByName.get(nameKey(one.values.name));
    return role === undefined ? [] : [withTextsOf(foundRole(role, one), one)];
  });
  const others = roles.filter(({ name }) => !declaredByName.has(nameKey(name)));
  return {
    declared,
    found: [...found, ...others.map((role) => foundRole(role, notDeclared(role.name)))],
    others: others.length,
    unread: details.map((call) => {
      const one = declaredByName.get(nameKey(call.object));
      return notExamined(one ?? { ...notDeclared(call.object), type: "aws_iam_role" }, call);
    }),
  };
}

/** The OIDC providers of the file, and others of CircleCI. */
export function providersOf(access: Access, account: Account, { providers, refused }: AccountAsItIs): Sides {
  const type = "aws_iam_openid_connect_provider";
  const all = declaredProviders(access, account);
  const listing = refusedOf(refused, "iam:ListOpenIDConnectProviders")[0];
  if (listing !== undefined) return { ...NOTHING, unread: unreadAll(all, type, listing) };
  const details = refusedOf(refused, "iam:GetOpenIDConnectProvider");
  const declared = all.filter(({ values }) => !details.some(({ object }) => object === values.arn));
  const found = providers.map((provider) => {
    const own = declared.find(({ values }) => values.arn === provider.arn);
    return foundProvider(provider, own ?? notDeclared(provider.arn));
  });
  const unread = details.map((call) => {
    const one = all.find(({ values }) => values.arn === call.object);
    return notExamined(one ?? { ...notDeclared(call.object), type }, call);
  });
  return { declared, found, unread };
}

/** The buckets of the file, the state bucket included. */
export function bucketsOf(
  access: Access,
  account: Account,
  { buckets, refused }: AccountAsItIs,
): Sides & { readonly examined: number } {
  const all = declaredBuckets(access, account);
  const read = all.filter(({ bucket }) => buckets.has(bucket));
  const declared = read.map((one) => bucketResources(one, declaredSettings(one)));
  const found = read.map((one, at) =>
    bucketResources(one, buckets.get(one.bucket)).map((resource) =>
      withTextsOf(
        resource,
        declared[at]?.find((other) => keyOf(other) === keyOf(resource)),
      ),
    ),
  );
  const unread = all.flatMap(({ stack, id, bucket }) =>
    refused
      .filter(({ object }) => object === bucket)
      .map((call) => notExamined({ stack, type: "aws_s3_bucket", name: id }, call)),
  );
  return { declared: declared.flat(), found: found.flat(), examined: read.length, unread };
}

/**
 * The computed boundary is compared. The contents of other customer-managed policies are not in the
 * file: they are equal on both sides, and lend their contents to the roles that have them.
 */
export function policiesOf(access: Access, account: Account, { policies, refused }: AccountAsItIs): Sides {
  const declared = declaredBoundary(access, account);
  const listing = refusedOf(refused, "iam:GetAccountAuthorizationDetails")[0];
  if (listing !== undefined) return { ...NOTHING, unread: declared.map((one) => notExamined(one, listing)) };
  const sides = policies.map((policy) => {
    const own = declared.find(({ values }) => values.arn === policy.arn);
    return { own, found: withTextsOf(foundPolicy(policy, own ?? notDeclared(policy.arn)), own) };
  });
  const others = sides.flatMap(({ own, found }) => (own === undefined ? [found] : []));
  return { declared: [...declared, ...others], found: sides.map(({ found }) => found), unread: [] };
}

const NOTHING = { declared: [], found: [] };

/** Everything of the file of one type, and all that the account has besides. */
function unreadAll(declared: readonly LiveResource[], type: string, call: RefusedCall) {
  const others = { stack: NOT_DECLARED, type, name: "others" };
  return [...declared, others].map((one) => notExamined(one, call));
}

/** A place of its own for each object, by its name or ARN. */
function notDeclared(object: string): Pick<LiveResource, "stack" | "name"> {
  return { stack: NOT_DECLARED, name: `found[${JSON.stringify(object)}]` };
}

function refusedOf(refused: readonly RefusedCall[], call: string): readonly RefusedCall[] {
  return refused.filter((one) => one.call === call);
}

/** Names of roles are unique without regard to case (IAM API Reference, CreateRole). */
function nameKey(name: unknown): string {
  return String(name).toLowerCase();
}
