import { isJsonList, isJsonObject, type Json, type JsonObject } from "../../iam/language/json";
import { atIndex, atKey } from "../../iam/language/json-path";
import { notRead } from "../../iam/language/not-read";
import type { JsonPath } from "../../iam/language/policy";
import { placeholderFor } from "./placeholders";

/** The parts of a template to which intrinsic functions refer. */
export interface Template {
  readonly resources: JsonObject;
  readonly mappings: JsonObject;
}

/**
 * A value of a template with its intrinsic functions evaluated, as far as the result is known
 * before the stack is created: `Fn::Join` and `Fn::Sub` of known values, `Fn::FindInMap` by literal
 * keys, the ARN of an OIDC provider, role or user of the same template, and pseudo parameters,
 * which become placeholders. A parameter is not known, even with a default, which can be overridden
 * (CloudFormation User Guide, "Intrinsic function reference", "Parameters").
 * @throws ProjectError `policy-not-read` with the path of a value that is not known
 */
export function resolve(value: Json, template: Template, path: JsonPath): Json {
  if (typeof value === "string") {
    if (value.includes("{{resolve:")) throw uncertain(path, "a dynamic reference");
    return value;
  }
  if (isJsonList(value)) return value.map((one, index) => resolve(one, template, atIndex(path, index)));
  if (!isJsonObject(value)) return value;
  const keys = Object.keys(value);
  const name = keys.find((key) => key === "Ref" || key.startsWith("Fn::"));
  if (name !== undefined) {
    if (keys.length > 1) throw uncertain(path, `${name} beside other keys`);
    return called(name, value[name] ?? null, template, path);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, resolve(one, template, atKey(path, key))]),
  );
}

function called(name: string, given: Json, template: Template, path: JsonPath): Json {
  switch (name) {
    case "Ref":
      return typeof given === "string" ? reference(given, template, path) : fail(name, path);
    case "Fn::GetAtt":
      return attribute(given, template, path);
    case "Fn::Join":
      return join(given, template, path);
    case "Fn::Sub":
      return substitute(given, template, path);
    case "Fn::FindInMap":
      return findInMap(given, template, path);
    default:
      return fail(name, path);
  }
}

function join(given: Json, template: Template, path: JsonPath): Json {
  const [delimiter, list, ...others] = isJsonList(given) ? given : [];
  if (typeof delimiter !== "string" || list === undefined || others.length > 0) return fail("Fn::Join", path);
  const parts = resolve(list, template, path);
  if (!isJsonList(parts) || !parts.every((part) => typeof part === "string")) return fail("Fn::Join", path);
  return parts.join(delimiter);
}

/** `${Name}`, `${Name.Attribute}`, and `${!Name}` for the text `${Name}` itself. */
function substitute(given: Json, template: Template, path: JsonPath): Json {
  const [text, names = {}, ...others] = isJsonList(given) ? given : [given];
  if (typeof text !== "string" || !isJsonObject(names) || others.length > 0) return fail("Fn::Sub", path);
  if (text.includes("{{resolve:")) throw uncertain(path, "a dynamic reference");
  return text.replace(/\$\{([^}]*)\}/g, (_, inside: string) => {
    if (inside.startsWith("!")) return `\${${inside.slice(1)}}`;
    const name = inside.trim();
    const own = Object.hasOwn(names, name) ? names[name] : undefined;
    const value = own === undefined ? substituted(name, template, path) : resolve(own, template, path);
    if (typeof value !== "string") throw uncertain(path, `Fn::Sub of ${name}`);
    return value;
  });
}

function substituted(name: string, template: Template, path: JsonPath): Json {
  const dot = name.indexOf(".");
  return dot === -1
    ? reference(name, template, path)
    : attribute([name.slice(0, dot), name.slice(dot + 1)], template, path);
}

function findInMap(given: Json, template: Template, path: JsonPath): Json {
  const keys = isJsonList(given) ? given : [];
  if (keys.length !== 3) return fail("Fn::FindInMap", path);
  let at: Json | undefined = template.mappings;
  for (const key of keys) {
    if (typeof key !== "string" || !isJsonObject(at) || !Object.hasOwn(at, key))
      return fail("Fn::FindInMap", path);
    at = at[key];
  }
  return at === undefined ? fail("Fn::FindInMap", path) : resolve(at, template, path);
}

/**
 * `Ref` of an OIDC provider is its ARN (CloudFormation Template Reference,
 * "AWS::IAM::OIDCProvider", "Return values"); the CDK's custom resource returns the same.
 */
function reference(name: string, template: Template, path: JsonPath): string {
  const placeholder = placeholderFor(name);
  if (placeholder !== undefined) return placeholder;
  const arn = providerArnIn(name, template, path);
  if (arn !== undefined) return arn;
  throw uncertain(path, `Ref of ${name}`);
}

function attribute(given: Json, template: Template, path: JsonPath): string {
  const [name, wanted] = typeof given === "string" ? splitAtDot(given) : isJsonList(given) ? given : [];
  if (typeof name === "string" && wanted === "Arn") {
    const arn = providerArnIn(name, template, path) ?? principalArnIn(name, template);
    if (arn !== undefined) return arn;
  }
  throw uncertain(path, `Fn::GetAtt of ${[name, wanted].map(String).join(".")}`);
}

function splitAtDot(text: string): readonly string[] {
  const dot = text.indexOf(".");
  return dot === -1 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

const PROVIDERS = new Set(["AWS::IAM::OIDCProvider", "Custom::AWSCDKOpenIdConnectProvider"]);

/**
 * The ARN of a provider of the template: its URL without the scheme (IAM API Reference,
 * "CreateOpenIDConnectProvider"). Undefined: it is none.
 */
export function providerArnIn(name: string, template: Template, path: JsonPath): string | undefined {
  const resource = resourceIn(name, template);
  if (resource === undefined || !PROVIDERS.has(String(resource.Type))) return undefined;
  const { Url: given } = isJsonObject(resource.Properties) ? resource.Properties : {};
  const url = resolve(given ?? null, template, path);
  if (typeof url !== "string" || !url.startsWith("https://")) throw uncertain(path, `the URL of ${name}`);
  return arnOf(`oidc-provider/${url.slice("https://".length)}`);
}

/** A role or user of the template is one principal, whatever name it gets. */
function principalArnIn(name: string, template: Template): string | undefined {
  const type = resourceIn(name, template)?.Type;
  if (type === "AWS::IAM::Role") return arnOf(`role/${name}`);
  return type === "AWS::IAM::User" ? arnOf(`user/${name}`) : undefined;
}

function arnOf(rest: string): string {
  return `arn:${placeholderFor("AWS::Partition")}:iam::${placeholderFor("AWS::AccountId")}:${rest}`;
}

function resourceIn(name: string, { resources }: Template): JsonObject | undefined {
  const found = Object.hasOwn(resources, name) ? resources[name] : undefined;
  return isJsonObject(found) ? found : undefined;
}

function fail(name: string, path: JsonPath): never {
  throw uncertain(path, name);
}

function uncertain(path: JsonPath, what: string): Error {
  return notRead(
    path,
    "this value is not known before the stack is created",
    what,
    "audit the deployed role: aws iam get-account-authorization-details",
  );
}
