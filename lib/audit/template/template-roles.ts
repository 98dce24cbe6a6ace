import { allowsEverything, isAdminArn } from "../../iam/audit/administrator";
import { isJsonObject, type Json, type JsonObject } from "../../iam/language/json";
import { atKey } from "../../iam/language/json-path";
import type { JsonPath } from "../../iam/language/policy";
import { isNotRead } from "../../iam/language/read-policy";
import { type AuditedRole, objectsIn, readTrust, textOf } from "../audited-role";
import type { Found } from "../found";
import { providerArnIn, resolve, type Template } from "./intrinsics";
import { whyNotJudged, withPseudoParameters } from "./placeholders";

/**
 * Resources that are a role, or that make one with a trust policy of the template's own (the second
 * in AWS SAM).
 */
const ROLES: ReadonlySet<string> = new Set(["AWS::IAM::Role", "AWS::Serverless::Function"]);
/** Resources that make others which are not in the template: among them may be roles. */
const NESTED: ReadonlyMap<string, string> = new Map([
  ["AWS::CloudFormation::Stack", "a nested stack, whose template is another file"],
  ["AWS::CloudFormation::StackSet", "a stack set, whose template is another file"],
  ["AWS::Serverless::Application", "a nested application, whose template is another file"],
]);
/** Transforms that make no roles but those which the template shows. */
const KNOWN_TRANSFORMS: ReadonlySet<string> = new Set([
  "AWS::Serverless-2016-10-31",
  "AWS::LanguageExtensions",
]);

const FROM_AWS = "audit what it made: aws iam get-account-authorization-details";

/**
 * Roles of a CloudFormation template, as people write it and as the CDK synthesises it; also of the
 * answer of `aws cloudformation get-template`. What makes roles that the template does not show is
 * a role that could not be judged. Undefined: it is no template.
 */
export function readTemplate(value: JsonObject, file: string): Found | undefined {
  const body = isJsonObject(value.TemplateBody) ? value.TemplateBody : value;
  const { Resources: resources, Mappings: mappings, Transform: transform } = body;
  if (!isJsonObject(resources) || !isTemplate(body, resources)) return undefined;
  const template: Template = { resources, mappings: isJsonObject(mappings) ? mappings : {} };
  const root = body === value ? "Resources" : "TemplateBody.Resources";
  const found = Object.entries(resources).flatMap(([name, resource]) =>
    rolesOf(name, resource, atKey(root, name), template, file),
  );
  return { roles: [...found, ...transformsIn(transform, file)] };
}

function isTemplate(body: JsonObject, resources: JsonObject): boolean {
  if (body.AWSTemplateFormatVersion !== undefined) return true;
  return Object.values(resources).some(
    (one) => isJsonObject(one) && typeof one.Type === "string" && /^[\w-]+::/.test(one.Type),
  );
}

function rolesOf(
  name: string,
  resource: Json,
  path: JsonPath,
  template: Template,
  file: string,
): readonly AuditedRole[] {
  const open = (unreadable: string): readonly AuditedRole[] => [
    { name, file, path, policy: undefined, unreadable: `${unreadable}: ${FROM_AWS}` },
  ];
  if (name.startsWith("Fn::")) return open(`${name} makes resources when the stack is made`);
  if (!isJsonObject(resource)) return open("it is no resource");
  const { Type: type, Properties: properties = {} } = resource;
  if (typeof type !== "string") return open("it has no type");
  const nested =
    NESTED.get(type) ??
    (type.endsWith("::MODULE") ? "a module, which makes resources of its own" : undefined);
  if (nested !== undefined) return open(`it is ${nested}`).map((role) => ({ ...role, ...assetOf(resource) }));
  if (!ROLES.has(type)) return [];
  if (!isJsonObject(properties) || properties["Fn::Transform"] !== undefined)
    return open("its properties are made by a macro");
  const { AssumeRolePolicyDocument: document } = properties;
  // A function without one has AWS's own, which lets Lambda in.
  if (type !== "AWS::IAM::Role" && document === undefined) return [];
  return [roleOf(name, properties, atKey(path, "Properties"), template, file)];
}

/**
 * The CDK writes a nested stack's template beside its parent's, and says so in the metadata (AWS
 * CDK, "aws:asset:path").
 */
function assetOf({ Metadata: metadata }: JsonObject): Pick<AuditedRole, "standsIn"> {
  const asset = isJsonObject(metadata) ? metadata["aws:asset:path"] : undefined;
  return typeof asset === "string" ? { standsIn: asset } : {};
}

function roleOf(
  name: string,
  properties: JsonObject,
  place: JsonPath,
  template: Template,
  file: string,
): AuditedRole {
  const path = atKey(place, "AssumeRolePolicyDocument");
  const { RoleName: given, AssumeRolePolicyDocument: document } = properties;
  const certain = certainly(document, template, path);
  const trust =
    "unreadable" in certain
      ? { policy: undefined, unreadable: certain.unreadable }
      : readTrust(certain.value, path);
  const why = trust.policy === undefined ? undefined : whyNotJudged(trust.policy);
  return {
    name: textOf(given, name),
    file,
    path,
    ...(why === undefined ? trust : { policy: undefined, unreadable: why }),
    isAdmin: isAdmin(name, properties, template),
    providers: providersIn(template),
    show: withPseudoParameters,
  };
}

type Certain = { readonly value: Json | undefined } | { readonly unreadable: string };

function certainly(value: Json | undefined, template: Template, path: JsonPath): Certain {
  if (value === undefined) return { value };
  try {
    return { value: resolve(value, template, path) };
  } catch (error) {
    if (!isNotRead(error)) throw error;
    return { unreadable: error.message };
  }
}

/** By what is certain: what is not may be anything, and says nothing. */
function isAdmin(name: string, properties: JsonObject, template: Template): boolean {
  const certain = (value: Json | undefined): Json | undefined => {
    const found = certainly(value, template, "");
    return "value" in found ? found.value : undefined;
  };
  const { ManagedPolicyArns: arns, Policies: inline } = properties;
  const attached = Object.values(template.resources)
    .flatMap((one) => (isJsonObject(one) && isJsonObject(one.Properties) ? [one.Properties] : []))
    .filter((one) => isAttachedTo(name, one));
  return (
    (Array.isArray(arns) && arns.some((arn) => isAdminArn(certain(arn)))) ||
    [...objectsIn(inline), ...attached].some(({ PolicyDocument: document }) =>
      allowsEverything(certain(document)),
    )
  );
}

/** Policies of the template that name the role by `Ref`, as the CDK writes them. */
function isAttachedTo(name: string, { Roles: roles }: JsonObject): boolean {
  return Array.isArray(roles) && roles.some((role) => isJsonObject(role) && role.Ref === name);
}

function providersIn(template: Template): readonly string[] {
  return Object.keys(template.resources).flatMap((name) => {
    try {
      return providerArnIn(name, template, "") ?? [];
    } catch (error) {
      if (!isNotRead(error)) throw error;
      return [];
    }
  });
}

/** A macro may add roles, or change those that are there. */
function transformsIn(transform: Json | undefined, file: string): readonly AuditedRole[] {
  const names = [transform ?? []].flat();
  return names
    .filter((name) => typeof name !== "string" || !KNOWN_TRANSFORMS.has(name))
    .map((name, index) => ({
      name: `${file} Transform[${index}]`,
      file,
      path: "Transform",
      policy: undefined,
      unreadable: `the macro ${typeof name === "string" ? name : "in it"} may make roles: ${FROM_AWS}`,
    }));
}
