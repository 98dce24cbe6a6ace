import type { KeyState } from "../../../lib/iam/evaluate/request";
import type { Account } from "../account/account";
import type { LiveEntity } from "../account/entity";
import { ABSENT, type ContextKeys } from "./context-keys";
import { IAM_OPERATIONS, type IamOperation } from "./iam-operations";
import { type IamResource, resourceOf } from "./iam-resource";
import { readRequestTags } from "./iam-tags";
import type { RequiredPermission } from "./required-permission";

const OPEN: KeyState = { state: "open" };

type Known = Pick<RequiredPermission, "keys" | "closed">;

/**
 * The permission that a call to IAM requires: its action, resource and condition keys. The resource
 * stays open for actions that are not in `IAM_OPERATIONS` and if it cannot be determined. Only
 * statements with the resource `*` allow such a call.
 * @param form with `Action`
 * @param accountId 12 digits
 */
export async function iamPermission(
  form: URLSearchParams,
  accountId: string,
  account: Pick<Account, "entity">,
): Promise<RequiredPermission> {
  const name = form.get("Action") ?? "";
  const action = `iam:${name}`;
  const operation = IAM_OPERATIONS.get(name);
  if (operation === undefined) return { action };
  const named = resourceOf(operation, form, accountId);
  const live =
    named === undefined || operation.creates === true
      ? undefined
      : await account.entity(named.kind, named.id);
  const parts = [
    requestTagKeys(operation, form),
    boundaryKeys(operation, form, live),
    resourceTagKeys(operation, live),
  ];
  return {
    action,
    ...requiredResource(operation, named, live),
    keys: [
      ...parts.flatMap(({ keys = [] }) => keys),
      ...(operation.policyArn ? [["iam:PolicyARN", textOf(form, "PolicyArn")] as const] : []),
    ],
    closed: parts.flatMap(({ closed = [] }) => closed),
  };
}

function requiredResource(
  { on, creates }: IamOperation,
  named: IamResource | undefined,
  live: LiveEntity | undefined,
): Pick<RequiredPermission, "resource" | "called"> {
  if (on === "none") return { resource: "*", called: "*" };
  if (named === undefined) return {};
  const arn = live?.arn ?? named.arn;
  return { resource: arn, called: creates === true || on === "oidc-provider" ? arn : `${on} ${named.id}` };
}

/**
 * `aws:RequestTag/…` and `aws:TagKeys`. They are absent from an action that does not accept tags.
 */
function requestTagKeys({ tags: taken }: IamOperation, form: URLSearchParams): Known {
  const tags = readRequestTags(form, taken);
  if (tags === undefined) return { keys: [["aws:TagKeys", OPEN]] };
  const keys: ContextKeys = tags.flatMap(([key, value]) =>
    value === undefined ? [] : [[`aws:RequestTag/${key}`, value] as const],
  );
  return { keys: [["aws:TagKeys", tags.map(([key]) => key)], ...keys], closed: ["aws:requesttag/"] };
}

function boundaryKeys(
  { boundary }: IamOperation,
  form: URLSearchParams,
  live: LiveEntity | undefined,
): Known {
  if (boundary === undefined) return {};
  if (boundary === "requested") {
    const absent = form.get("PermissionsBoundary") === null;
    return { keys: [["iam:PermissionsBoundary", absent ? ABSENT : textOf(form, "PermissionsBoundary")]] };
  }
  // The boundary of a role that does not exist is unknown.
  return { keys: [["iam:PermissionsBoundary", live === undefined ? OPEN : (live.boundary ?? ABSENT)]] };
}

/** `aws:ResourceTag/…`, and `iam:ResourceTag/…` for roles. Open if the resource does not exist. */
function resourceTagKeys({ on }: IamOperation, live: LiveEntity | undefined): Known {
  if (live === undefined) return {};
  const families = on === "role" ? ["aws:ResourceTag/", "iam:ResourceTag/"] : ["aws:ResourceTag/"];
  return {
    keys: families.flatMap((family) => live.tags.map(([key, value]) => [`${family}${key}`, value] as const)),
    closed: families.map((family) => family.toLowerCase()),
  };
}

/** AWS does not accept an empty parameter, and moto ignores it. The value stays open. */
function textOf(form: URLSearchParams, name: string): string | KeyState {
  return form.get(name) || OPEN;
}
