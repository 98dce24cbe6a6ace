import type { EntityKind } from "../account/entity";
import type { IamOperation } from "./iam-operations";

/** What a call is about: its name in the account, and the ARN that it has or would have. */
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
 * Host and path, which is all that the provider's ARN and moto keep. Whatever a URL may have
 * besides could be read in two ways.
 */
const PROVIDER_URL = /^https:\/\/([a-z0-9.-]+(?:\/[\w.~/-]*)?)$/;

/**
 * The resource that a request names. Undefined: none, or one that AWS would not take, so that
 * nobody can tell what it is.
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
 * A role that exists has the path of its ARN, which the account knows. One that does not exist is
 * taken for one without a path: AWS says nowhere what it decides on then. Who is allowed that hears
 * from moto that it is not there.
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
