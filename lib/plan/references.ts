import { parseAddress, partsOfAddress, within, withoutKey } from "./address";
import { type Block, expressionAt, isBlock, listOf, longest, rawIn } from "./expressions";
import type { PlanJson } from "./plan-json";

/**
 * What an attribute is made of, at the end of every variable, output and policy document on the
 * way.
 */
export interface Reference {
  /**
   * An absolute address; without its key where the reference has none or a computed one. Of no
   * resource: the reference, such as `local.arn`.
   */
  readonly to: string;
  /** Such as `arn`; undefined: the resource as a whole, or not a resource. */
  readonly attribute?: string;
  /** The one that asks chooses the instance by its own key (`each.key`, `count.index`). */
  readonly byOwnKey: boolean;
}

/**
 * Follows what a configuration refers to ("Configuration Representation": `expressions`,
 * `references`, `module_calls`).
 */
export interface References {
  /**
   * Attributes that the configuration gives a value. Undefined: the configuration of this resource
   * is not in the plan.
   */
  configured(address: string): readonly string[] | undefined;
  /**
   * Everything that the attribute is made of, each once; empty: constants, or nothing is known.
   * @param attribute its name, or a path into a block, such as `logging[1].role_arn`
   */
  of(address: string, attribute: string): readonly Reference[];
  /** Types of its provisioners, such as `local-exec`, each once. */
  provisionersOf(address: string): readonly string[];
  /**
   * The provider configuration of the resource, such as `aws.eu`; undefined: the plan does not say.
   */
  providerOf(address: string): string | undefined;
  /** Whether its provider gives it tags (`default_tags`). True, too: the plan does not say. */
  mayHaveDefaultTags(address: string): boolean;
  /** All configurations of the AWS provider. */
  readonly providerKeys: ReadonlySet<string>;
  /** Accounts that the resource's provider is allowed to work in; empty: not said. */
  accountsOf(address: string): readonly string[];
  /** The same of a configuration of the provider. */
  accountsAllowedBy(key: string): readonly string[];
}

/** The depth at which following references stops: a cycle. */
const DEEPEST = 32;

/** Modules by their path without keys, and in each the resources by name. */
interface Module {
  readonly resources: ReadonlyMap<string, Block>;
  readonly calls: Block;
  readonly outputs: Block;
}

/** A configuration is put in order once, however often it is asked. */
const KNOWN = new WeakMap<object, References>();

export function referencesIn({ configuration }: Pick<PlanJson, "configuration">): References {
  if (!isBlock(configuration)) return readReferences(undefined);
  const known = KNOWN.get(configuration) ?? readReferences(configuration);
  KNOWN.set(configuration, known);
  return known;
}

function readReferences(configuration: Block | undefined): References {
  const modules = new Map<string, Module>();
  const collect = (path: readonly string[], block: unknown): void => {
    if (!isBlock(block)) return;
    const resources = new Map(listOf(block.resources).map((one) => [String(one.address), one]));
    const calls = isBlock(block.module_calls) ? block.module_calls : {};
    modules.set(path.join("."), { resources, calls, outputs: isBlock(block.outputs) ? block.outputs : {} });
    for (const [name, call] of Object.entries(calls))
      if (isBlock(call)) collect([...path, `module.${name}`], call.module);
  };
  const root = configuration ?? {};
  collect([], root.root_module);
  const moduleAt = (path: readonly string[]) =>
    modules.get(path.length === 0 ? "" : path.map((step) => withoutKey(step)).join("."));
  // One resource is asked for several times in a row.
  let last: { readonly address: string; readonly block: Block | undefined } | undefined;
  const blockOf = (address: string): Block | undefined => {
    if (last?.address === address) return last.block;
    const { modules: path, name } = parseAddress(address);
    last = { address, block: moduleAt(path)?.resources.get(name) };
    return last.block;
  };

  const follow = (
    raw: readonly string[],
    path: readonly string[],
    depth: number,
    each?: Each,
  ): readonly Reference[] => {
    const wanted = longest(raw);
    const byOwnKey = wanted.some((one) => /^(each|count)\./.test(one));
    return wanted.flatMap((one) => followOne(one, path, byOwnKey, depth, each));
  };
  const followOne = (
    reference: string,
    path: readonly string[],
    byOwnKey: boolean,
    depth: number,
    each?: Each,
  ): readonly Reference[] => {
    const parts = partsOfAddress(reference);
    const [first = "", second = "", third] = parts;
    const element = depth > DEEPEST ? undefined : elementOf(parts, each);
    if (element !== undefined) return followOne(element, path, false, depth + 1);
    if (/^(each|count|path|terraform|self)$/.test(first)) return [];
    const here: Reference = { to: within(path, reference), byOwnKey: false };
    if (depth > DEEPEST) return [here];
    if (first === "var") {
      const parent = path.slice(0, -1);
      const call = moduleAt(parent)?.calls[withoutKey((path.at(-1) ?? "").slice("module.".length))];
      if (!isBlock(call) || !isBlock(call.expressions)) return [here];
      const ofCall = { of: call.for_each_expression, key: keyIn(path.at(-1) ?? "") };
      return follow(rawIn(call.expressions[withoutKey(second)]), parent, depth + 1, ofCall);
    }
    if (first === "module") {
      const child = [...path, `module.${second}`];
      const output = third === undefined ? undefined : moduleAt(child)?.outputs[withoutKey(third)];
      if (!isBlock(output)) return [here];
      return follow(rawIn(output.expression), child, depth + 1);
    }
    if (first === "local") return [here];
    const isData = first === "data";
    const [name, attribute] = isData
      ? [`data.${second}.${third ?? ""}`, parts[3]]
      : [`${first}.${second}`, parts[2]];
    // A policy document consists only of what it refers to.
    if (isData && second === "aws_iam_policy_document") {
      const block = moduleAt(path)?.resources.get(withoutKey(name));
      const inside = block === undefined ? [] : follow(rawIn(block.expressions), path, depth + 1);
      if (inside.length > 0) return inside;
    }
    return [
      {
        to: within(path, name),
        byOwnKey: byOwnKey && !name.endsWith("]"),
        ...(attribute === undefined ? {} : { attribute: withoutKey(attribute) }),
      },
    ];
  };

  return {
    configured: (address) => {
      const block = blockOf(address);
      if (block === undefined) return undefined;
      return isBlock(block.expressions) ? Object.keys(block.expressions) : [];
    },
    of: (address, attribute) => {
      const { expressions, for_each_expression: forEach } = blockOf(address) ?? {};
      if (!isBlock(expressions)) return [];
      const { modules: path, key } = parseAddress(address);
      const found = follow(rawIn(expressionAt(expressions, attribute)), path, 0, { of: forEach, key });
      return [...new Map(found.map((one) => [`${one.to} ${one.attribute ?? ""}`, one])).values()];
    },
    providerOf: (address) => {
      const key = blockOf(address)?.provider_config_key;
      return typeof key === "string" ? key : undefined;
    },
    providerKeys: awsProvidersIn(root, modules),
    provisionersOf: (address) => {
      const types = listOf(blockOf(address)?.provisioners).map(({ type }) => String(type));
      return [...new Set(types)];
    },
    accountsOf: (address) => {
      const key = blockOf(address)?.provider_config_key;
      return typeof key === "string" ? accountsAllowedBy(root, key) : [];
    },
    accountsAllowedBy: (key) => accountsAllowedBy(root, key),
    mayHaveDefaultTags: (address) => {
      const key = blockOf(address)?.provider_config_key;
      const provider =
        typeof key === "string" && isBlock(root.provider_config) ? root.provider_config[key] : undefined;
      if (!isBlock(provider)) return true;
      return isBlock(provider.expressions) && provider.expressions.default_tags !== undefined;
    },
  };
}

/** What `each` is of, where an expression is evaluated. */
interface Each {
  /** The expression of `for_each`. */
  readonly of: unknown;
  /** The key of the instance, such as `["raw"]`. Empty: there is one, or `count`. */
  readonly key: string;
}

/**
 * `each.value.id` as a reference to an element of what `for_each` goes through: of a resource or a
 * module as a whole, `aws_s3_bucket.zone["raw"].id`. Undefined: it is no such value.
 */
function elementOf(
  [first, value = "", ...rest]: readonly string[],
  each: Each | undefined,
): string | undefined {
  if (first !== "each" || withoutKey(value) !== "value" || each === undefined) return undefined;
  const attribute = [...(value === "value" ? [] : [attributeIn(value)]), ...rest];
  const [source, ...others] = longest(rawIn(each.of));
  if (source === undefined || others.length > 0 || !/^\["/.test(each.key)) return undefined;
  const isWhole = source.split(".").length === 2 && !source.includes("[") && !/^(?:local|var)\./.test(source);
  return isWhole && attribute.length > 0 && !attribute.includes("")
    ? [`${source}${each.key}`, ...attribute].join(".")
    : undefined;
}

/** The attribute in `value["id"]`. Empty: it is computed. */
function attributeIn(value: string): string {
  return /^value\["([a-z_]+)"\]$/.exec(value)?.[1] ?? "";
}

function keyIn(step: string): string {
  return step.slice(withoutKey(step).length);
}

function accountsAllowedBy({ provider_config: providers }: Block, key: string): readonly string[] {
  const provider = isBlock(providers) ? providers[key] : undefined;
  const allowed =
    isBlock(provider) && isBlock(provider.expressions) ? provider.expressions.allowed_account_ids : undefined;
  const value = isBlock(allowed) ? allowed.constant_value : undefined;
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** Those that are configured, and those that resources name without one. */
function awsProvidersIn(root: Block, modules: ReadonlyMap<string, Module>): ReadonlySet<string> {
  const configured = isBlock(root.provider_config) ? Object.entries(root.provider_config) : [];
  const keys = new Set(configured.flatMap(([key, one]) => (isBlock(one) && one.name === "aws" ? [key] : [])));
  for (const { resources } of modules.values())
    for (const { type, provider_config_key: key } of resources.values())
      if (typeof key === "string" && typeof type === "string" && type.startsWith("aws_")) keys.add(key);
  return keys;
}
