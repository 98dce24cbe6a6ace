import { isJsonObject } from "../../../iam/language/json";
import type { Attributes, AttributeValue } from "../../model/facts";

/** The path of the statement in a resource that is one statement of another resource's policy. */
export const STATEMENT = "(statement)";

type Given = Readonly<Record<string, unknown>>;

/** How a resource is one statement of the policy of another one. */
interface StatementType {
  /** Attributes that are the statement. */
  readonly says: readonly string[];
  /** Attributes that identify the statement and its policy; the last one names the owner. */
  readonly whose: readonly string[];
  /** Attributes that do not affect access. */
  readonly besides?: readonly string[];
  readonly statements: (given: Given) => readonly Given[];
}

/**
 * AWS provider, 5.100.0, and of each the call that it makes: `AddPermission`, `PutPermission`,
 * `CreateGrant` and the like.
 */
const TYPES: Readonly<Record<string, StatementType>> = {
  aws_lambda_permission: {
    says: [
      ...["action", "principal", "source_arn", "source_account", "principal_org_id"],
      ...["function_url_auth_type", "event_source_token"],
    ],
    whose: ["statement_id", "qualifier", "function_name"],
    besides: ["statement_id_prefix"],
    statements: (given) => [
      allow(given.principal, given.action, {
        ArnLike: { "aws:SourceArn": given.source_arn },
        StringEquals: {
          "aws:SourceAccount": given.source_account,
          "aws:PrincipalOrgID": given.principal_org_id,
          "lambda:FunctionUrlAuthType": given.function_url_auth_type,
          "lambda:EventSourceToken": given.event_source_token,
        },
      }),
    ],
  },
  aws_lambda_layer_version_permission: {
    says: ["action", "principal", "organization_id"],
    whose: ["statement_id", "version_number", "layer_name"],
    besides: ["policy", "revision_id", "skip_destroy"],
    statements: (given) => [
      allow(given.principal, given.action, { StringEquals: { "aws:PrincipalOrgID": given.organization_id } }),
    ],
  },
  aws_cloudwatch_event_permission: {
    says: ["action", "principal", "condition"],
    whose: ["statement_id", "event_bus_name"],
    statements: ({ action = "events:PutEvents", principal, condition }) => [
      allow(principal, action, conditionIn(condition)),
    ],
  },
  aws_signer_signing_profile_permission: {
    says: ["action", "principal", "profile_version"],
    whose: ["statement_id", "profile_name"],
    besides: ["statement_id_prefix"],
    statements: (given) => [
      allow(given.principal, given.action, {
        StringEquals: { "signer:ProfileVersion": given.profile_version },
      }),
    ],
  },
  aws_acmpca_permission: {
    says: ["actions", "principal", "source_account"],
    whose: ["principal", "certificate_authority_arn"],
    besides: ["policy"],
    statements: (given) => [
      // Such a permission serves certificates of the CA's own account only (AWS Private CA API,
      // CreatePermission), which is no condition that a policy could have.
      allow(given.principal, prefixed("acm-pca", given.actions), {
        StringEquals:
          given.source_account === undefined
            ? { "acm-pca:OwnAccount": "true" }
            : { "aws:SourceAccount": given.source_account },
      }),
    ],
  },
  aws_kms_grant: {
    says: ["grantee_principal", "retiring_principal", "operations", "constraints"],
    whose: ["grantee_principal", "name", "key_id"],
    besides: ["grant_creation_tokens", "grant_id", "grant_token", "retire_on_delete"],
    statements: ({ grantee_principal: grantee, retiring_principal: retiring, operations, constraints }) => [
      allow(grantee, prefixed("kms", operations), encryptionContext(constraints)),
      ...(retiring === undefined ? [] : [allow(retiring, "kms:RetireGrant", {})]),
    ],
  },
};

/** The attributes that matter in a statement resource; undefined: the type is not one. */
export function statementAttributes(type: string): readonly string[] | undefined {
  const known = TYPES[type];
  return known === undefined ? undefined : [...new Set([...known.says, ...known.whose])];
}

/**
 * The attributes that name the owner of a statement's policy; undefined: the type is not a
 * statement.
 */
export function statementOwnerAttributes(type: string): readonly string[] | undefined {
  return TYPES[type]?.whose;
}

/** Attributes of such a resource that have been looked at, or need not be. */
export function statementCovers(type: string): readonly string[] {
  return [...(statementAttributes(type) ?? []), ...(TYPES[type]?.besides ?? [])];
}

/**
 * The statement as a policy of the resource; what of it is not known makes it unknown as a whole.
 */
export function statementIn(type: string, attributes: Attributes | undefined): AttributeValue | undefined {
  const known = TYPES[type];
  if (known === undefined || attributes === undefined) return undefined;
  const given: Record<string, unknown> = {};
  for (const name of known.says) {
    const value = attributes[name];
    if (value === undefined) continue;
    if (value.kind !== "value") return value;
    given[name] = value.value;
  }
  return {
    kind: "value",
    value: JSON.stringify({ Version: "2012-10-17", Statement: known.statements(given) }),
  };
}

type Conditions = Readonly<Record<string, Given>>;

function allow(principal: unknown, action: unknown, conditions: Conditions): Given {
  const asked = Object.entries(conditions).flatMap(([operator, keys]) => {
    const present = Object.entries(keys).filter(([, value]) => value !== undefined && value !== null);
    return present.length === 0 ? [] : [[operator, Object.fromEntries(present)] as const];
  });
  const statement = { Effect: "Allow", Principal: principalOf(principal), Action: action, Resource: "*" };
  return asked.length === 0 ? statement : { ...statement, Condition: Object.fromEntries(asked) };
}

/** A service has a domain name; other principals have an account or an ARN. */
function principalOf(principal: unknown): unknown {
  if (principal === "*") return principal;
  const isService = typeof principal === "string" && /^[a-z0-9.-]+\.[a-z]+$/i.test(principal);
  return isService ? { Service: principal } : { AWS: principal };
}

/** Operations of a service as IAM names them. */
function prefixed(service: string, operations: unknown): unknown {
  if (!Array.isArray(operations)) return operations;
  return operations.map((one: unknown) => (String(one).includes(":") ? one : `${service}:${String(one)}`));
}

function conditionIn(block: unknown): Conditions {
  const [one] = blocksIn(block);
  if (one === undefined) return {};
  return { [String(one.type)]: { [String(one.key)]: one.value } };
}

/**
 * An equal context has these pairs and no others, one with a subset at least these (KMS API
 * Reference, GrantConstraints).
 */
function encryptionContext(block: unknown): Conditions {
  const [one] = blocksIn(block);
  const { encryption_context_equals: equals, encryption_context_subset: subset } = one ?? {};
  const pairs = [equals, subset].flatMap((map) => (isJsonObject(map) ? Object.entries(map) : []));
  const only = isJsonObject(equals) ? Object.keys(equals) : [];
  return {
    StringEquals: Object.fromEntries(pairs.map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
    ...(only.length === 0 ? {} : { "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": only } }),
  };
}

function blocksIn(block: unknown): readonly Given[] {
  return Array.isArray(block) ? block.filter(isJsonObject) : [];
}
