import type { EntityKind } from "../account/entity";
import type { IamOperation } from "./iam-operations";

/** The resource of a call: its name in the account, and its current or future ARN. */
export interface IamResource {
  readonly kind: EntityKind;
  /** A role's name, or the ARN of a policy or provider. */
  readonly id: string;
  readonly arn: string;
}

/** IAM API Reference, CreateRole and CreatePolicy, "Request Parameters". */
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;
const POLICY_NAME = /^[\w+=,.@-]{1,128}$/;
const PATH = /^\/(?:[\x21-\x7e]{1,510}\/)?$/;
const POLICY_ARN = /^arn:aws[\w-]*:iam::(?:\d{12}|aws):policy\/[\x21-\x7e]+$/;
const PROVIDER_ARN = /^arn:aws[\w-]*:iam::\d{12}:oidc-provider\/[\x21-\x7e]+$/;
/**
 * Host and path: the parts that the ARN of the provider and moto keep. Every other part of a URL is
 * ambiguous.
 */
const PROVIDER_URL = /^https:\/\/([a-z0-9.-]+(?:\/[\w.~/-]*)?)$/;

/**
 * The resource that a request names. Undefined: the action has no resource, or AWS does not accept
 * the name.
 * @param account 12 digits
 */
export function resourceOf(
  { on, creates }: IamOperation,
  form: URLSearchParams,
  account: string,
): IamResource | undefined {
  if (on === "none") return undefined;
  if (on === "role") return roleOf(form, creates === true ? form.get("Path") : null, account);
  if (creates !== true) return existing(on, form);
  return on === "policy" ? newPolicy(form, account) : newProvider(form, account);
}

/**
 * The path of an existing role is in its ARN, which the account knows. A role that does not exist
 * counts as a role without a path: AWS does not document this case. If the call is allowed, moto
 * answers that the role does not exist.
 */
function roleOf(form: URLSearchParams, path: string | null, account: string): IamResource | undefined {
  const name = form.get("RoleName") ?? "";
  if (!ROLE_NAME.test(name) || !PATH.test(path ?? "/")) return undefined;
  return { kind: "role", id: name, arn: `arn:aws:iam::${account}:role${path ?? "/"}${name}` };
}

function existing(kind: "policy" | "oidc-provider", form: URLSearchParams): IamResource | undefined {
  const [name, pattern] =
    kind === "policy"
      ? (["PolicyArn", POLICY_ARN] as const)
      : (["OpenIDConnectProviderArn", PROVIDER_ARN] as const);
  const arn = form.get(name) ?? "";
  return pattern.test(arn) ? { kind, id: arn, arn } : undefined;
}

function newPolicy(form: URLSearchParams, account: string): IamResource | undefined {
  const [name, path] = [form.get("PolicyName") ?? "", form.get("Path") ?? "/"];
  if (!POLICY_NAME.test(name) || !PATH.test(path)) return undefined;
  const arn = `arn:aws:iam::${account}:policy${path}${name}`;
  return { kind: "policy", id: arn, arn };
}

function newProvider(form: URLSearchParams, account: string): IamResource | undefined {
  const [, rest] = PROVIDER_URL.exec(form.get("Url") ?? "") ?? [];
  if (rest === undefined) return undefined;
  const arn = `arn:aws:iam::${account}:oidc-provider/${rest}`;
  return { kind: "oidc-provider", id: arn, arn };
}
