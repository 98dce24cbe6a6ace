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
 * What a call to IAM asks for: its action, the resource it names, and IAM's condition keys. What is
 * not in `IAM_OPERATIONS`, and a resource that cannot be told, stay open: only statements about
 * every resource allow such a call.
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
  const parts = [tagsAsked(operation, form), boundaryAsked(operation, form, live), tagsHeld(operation, live)];
  return {
    action,
    ...resourceAsked(operation, named, live),
    keys: [
      ...parts.flatMap(({ keys = [] }) => keys),
      ...(operation.policyArn ? [["iam:PolicyARN", textOf(form, "PolicyArn")] as const] : []),
    ],
    closed: parts.flatMap(({ closed = [] }) => closed),
  };
}

function resourceAsked(
  { on, creates }: IamOperation,
  named: IamResource | undefined,
  live: LiveEntity | undefined,
): Pick<RequiredPermission, "resource" | "called"> {
  if (on === "none") return { resource: "*", called: "*" };
  if (named === undefined) return {};
  const arn = live?.arn ?? named.arn;
  return { resource: arn, called: creates === true || on === "oidc-provider" ? arn : `${on} ${named.id}` };
}

/** `aws:RequestTag/…` and `aws:TagKeys`: a request that cannot have tags certainly has none. */
function tagsAsked({ tags: taken }: IamOperation, form: URLSearchParams): Known {
  const tags = readRequestTags(form, taken);
  if (tags === undefined) return { keys: [["aws:TagKeys", OPEN]] };
  const keys: ContextKeys = tags.flatMap(([key, value]) =>
    value === undefined ? [] : [[`aws:RequestTag/${key}`, value] as const],
  );
  return { keys: [["aws:TagKeys", tags.map(([key]) => key)], ...keys], closed: ["aws:requesttag/"] };
}

function boundaryAsked(
  { boundary }: IamOperation,
  form: URLSearchParams,
  live: LiveEntity | undefined,
): Known {
  if (boundary === undefined) return {};
  if (boundary === "requested") {
    const absent = form.get("PermissionsBoundary") === null;
    return { keys: [["iam:PermissionsBoundary", absent ? ABSENT : textOf(form, "PermissionsBoundary")]] };
  }
  // Of a role that is not there, nobody knows.
  return { keys: [["iam:PermissionsBoundary", live === undefined ? OPEN : (live.boundary ?? ABSENT)]] };
}

/** `aws:ResourceTag/…`, for roles also under IAM's own name. Of what does not exist yet, open. */
function tagsHeld({ on }: IamOperation, live: LiveEntity | undefined): Known {
  if (live === undefined) return {};
  const families = on === "role" ? ["aws:ResourceTag/", "iam:ResourceTag/"] : ["aws:ResourceTag/"];
  return {
    keys: families.flatMap((family) => live.tags.map(([key, value]) => [`${family}${key}`, value] as const)),
    closed: families.map((family) => family.toLowerCase()),
  };
}

/**
 * A parameter that is there and says nothing is none that AWS takes, and moto does as if it were
 * not there.
 */
function textOf(form: URLSearchParams, name: string): string | KeyState {
  return form.get(name) || OPEN;
}
