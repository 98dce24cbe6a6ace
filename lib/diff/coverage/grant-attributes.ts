import { remembered } from "../../collections/remembered";
import { compareText } from "../../collections/sort";
import type { SchemaAttribute, SchemaBlock } from "./provider-schema";
import { IN_PROFILE, NO_ROLE_NAME, ROLE_NAME } from "./role-arguments";

/** What an argument can do to access, judged by its name and type. */
export const GRANTS = ["policy", "role", "principal", "account", "sharing", "authentication"] as const;
export type Grant = (typeof GRANTS)[number];

/**
 * By kind, the names of arguments (the last part of a path) that can grant access. The rules are
 * wide on purpose: a type that is caught by mistake is sorted by hand, with a reason; a type that
 * slips through would be called harmless.
 */
const NAMES: Readonly<Record<Grant, RegExp>> = {
  policy:
    /(^|_)(policy|policies|policy_document|policy_body|policy_text|access_rules|content|definition|template_body|body|container_properties|container_definitions)$/,
  role: ROLE_NAME,
  principal:
    /principal|grantee|^grant|(^|_)(user|users|group|groups|member|members|admins|subscriber)(_arns?|_names?|_ids?)?$/,
  account:
    /(^|_)accounts?(_ids?|_numbers?|_identifiers?)?$|^aws_account|organizational_unit|(^|_)organization(_arn|_id)?s?$|(^|_)ous?$/,
  sharing:
    /^shar(e|ed|ing)|_shar(e|ed|ing)$|sharing_|public(?!_key|_ip|_dns|ation|ish)|(^|_)acl$|cross_account|external|launch_permission|permissions?$|visib(le_to|ility)|private/,
  authentication: /authoriz|authent|(^|_)auth(_|$)|trusted_|credential|anonymous|access_config/,
};

/** Names of another matter that the rules would catch. */
const OTHER: Readonly<Record<Grant, RegExp>> = {
  policy:
    /(ssl|tls|security|alpn|pull|eviction|retention|termination|update|deletion|restart|placement|archive|delivery|redrive|cache|protocol|snapshot|tiering|upgrade|padding|sizing|referrer|routing|protection|https)_policy$/,
  role: NO_ROLE_NAME,
  principal:
    /security_group|subnet_group|target_group|log_group|parameter_group|placement_group|option_group|work_?group|scaling_group|master_user|resource_group|server_group|border_group|parallel_group/,
  account: /^$/,
  sharing: /private_(ip|dns|key)|private_link|label_visib|_visibility$/,
  authentication: /credential_duration/,
};

/**
 * Paths of arguments that can grant access, such as `principal: statement.principal`; a path goes
 * through lists and blocks alike.
 */
export type GrantPaths = ReadonlyMap<Grant, readonly string[]>;

/** The arguments of a resource type that can grant access, by kind, without computed attributes. */
export function grantPathsOf(block: SchemaBlock): GrantPaths {
  const found = new Map<Grant, string[]>();
  for (const { path, name, isText } of argumentsIn(block, "")) {
    for (const grant of GRANTS) {
      const isNamed = NAMES[grant].test(name) && !OTHER[grant].test(name);
      if (!isNamed && !(grant === "role" && IN_PROFILE.test(path))) continue;
      if (grant === "policy" && !isText) continue;
      remembered<Grant, string[]>(found, grant, () => []).push(path);
    }
  }
  return new Map([...found].map(([grant, paths]) => [grant, [...new Set(paths)].sort(compareText)]));
}

interface Argument {
  readonly path: string;
  readonly name: string;
  /** A text, which can hold a JSON document. */
  readonly isText: boolean;
}

function argumentsIn({ attributes = {}, block_types: blocks = {} }: SchemaBlock, within: string): Argument[] {
  return [
    ...Object.entries(attributes).flatMap(([name, attribute]) => argumentIn(name, attribute, within)),
    ...Object.entries(blocks).flatMap(([name, { block }]) => argumentsIn(block, `${within}${name}.`)),
  ];
}

function argumentIn(name: string, attribute: SchemaAttribute, within: string): Argument[] {
  const { type, nested_type: nested, required, optional } = attribute;
  if (required !== true && optional !== true) return [];
  const path = `${within}${name}`;
  if (nested !== undefined) return argumentsIn(nested, `${path}.`);
  const inside = objectIn(type);
  if (inside.length > 0) return inside.flatMap(([part, of]) => typedIn(part, of, `${path}.`));
  return [{ path, name, isText: type === "string" }];
}

function typedIn(name: string, type: unknown, within: string): Argument[] {
  const inside = objectIn(type);
  const path = `${within}${name}`;
  return inside.length === 0
    ? [{ path, name, isText: type === "string" }]
    : inside.flatMap(([part, of]) => typedIn(part, of, `${path}.`));
}

/** Of `["list", ["object", {…}]]` and the like, the object's attributes. */
function objectIn(type: unknown): readonly (readonly [string, unknown])[] {
  if (!Array.isArray(type)) return [];
  const [kind, of] = type;
  if (kind === "object" && typeof of === "object" && of !== null) return Object.entries(of);
  return objectIn(of);
}
