import { remembered } from "../../collections/remembered";
import { isJsonObject } from "../../iam/language/json";
import { actionOf } from "../../plan/actions";
import type { MaskedPlan } from "../../plan/masked-plan";
import type { PlannedChange, PlannedResource } from "../../plan/plan-json";
import type { Reference, References } from "../../plan/references";
import { hasMark, isUnknown } from "../../plan/resources";
import { ATTRIBUTES, NOT_COMPARED } from "../coverage/compared-attributes";
import { grantAttributes } from "../coverage/other-grants";
import { isDecidedByType, policyAttributes } from "../handlers/resource-policies/policy-attributes";
import { roleAttributes, withRoleAttributes } from "../handlers/runs-as/role-attributes";
import { shareAttributes } from "../handlers/sharing/share-attributes";
import {
  type AccessFacts,
  type AccessResource,
  type Attributes,
  type AttributeValue,
  REGION,
} from "../model/facts";
import { type ByName, instancesByName, instancesOf, linksOf } from "./instances";

/**
 * What a plan says about access, from the parts that `selectFacts` selected.
 * @throws ProjectError `plan-action-unknown` (exit 2)
 */
export function factsIn(
  plan: MaskedPlan,
): Omit<AccessFacts, "notExamined" | "tagged" | "asksForTags" | "contradictions"> {
  const { changes, drift, deferred } = plan.selected;
  const known: FactSources = {
    references: plan.references,
    instances: instancesByName(plan.instances),
    accountOf: plan.accountOf,
  };
  return {
    changes: changes.map((one) => factOf(one, known, false)),
    drift: drift.map((one) => factOf(one, known, true)),
    deferred: deferred.map(({ reason, resource }) => ({ reason, resource: factOf(resource, known, false) })),
  };
}

/** Selects the attributes of a resource that matter for access; undefined: there are none. */
export function selectFacts(resource: PlannedResource, references: References): PlannedResource | undefined {
  return concernsAccess(resource, references) ? asFarAsKept(resource, references) : undefined;
}

interface FactSources {
  readonly references: References;
  readonly instances: ByName;
  readonly accountOf: MaskedPlan["accountOf"];
}

/**
 * A resource that is no longer in the configuration is destroyed by the configuration of the
 * provider that its state names, which must still be there: the only one, if there is one.
 */
function providerOf({ address, type }: PlannedResource, references: References): string | undefined {
  const [only, ...others] = references.providerKeys;
  return (
    references.providerOf(address) ?? (others.length === 0 && type.startsWith("aws_") ? only : undefined)
  );
}

function factOf(resource: PlannedResource, known: FactSources, isDrift: boolean): AccessResource {
  const { references, instances, accountOf } = known;
  const { address, change, deposed } = resource;
  actionOf(resource);
  const names = namesOf(resource, references);
  const isLater = (name: string) => isUnknown(change.after_unknown, name);
  const waiting =
    isDrift || !isThere(change.after) || !hasMark(change.after_unknown) ? [] : names.filter(isLater);
  const made = waiting.map((name) => [name, references.of(address, name)] as const);
  const configured = references.configured(address)?.filter((name) => names.includes(name));
  const { account, isInferred, configuration } = accountOf(resource);
  const before = knownAttributes(change.before, change.before_sensitive, names);
  const after =
    change.after === change.before ? before : knownAttributes(change.after, change.after_sensitive, names);
  // Filled in bit by bit: there are tens of thousands, and a copy for each part that may be missing
  // takes several times as long.
  const fact: AccessResource = {
    type: typeOf(resource),
    address: deposed === undefined ? address : `${address} (deposed ${deposed})`,
    actions: change.actions.join(","),
  };
  if (account !== undefined) fact.account = account;
  const provider = providerOf(resource, references);
  if (provider !== undefined) fact.provider = provider;
  if (isInferred !== undefined) fact.isInferred = isInferred;
  if (configuration !== undefined) fact.configuration = configuration;
  if (before !== undefined) fact.before = before;
  if (after !== undefined) fact.after = after;
  if (configured !== undefined) fact.configured = configured;
  if (made.length === 0) return fact;
  const links = made
    .map(([name, from]): [string, string[]] => [name, linksOf(from, address, instances)])
    .filter(([, linked]) => linked.length > 0);
  const later = made.filter(([name]) => after?.[name]?.kind !== "sensitive");
  const unknown = Object.fromEntries(later.map(([name, from]) => [name, laterFrom(from, known)]));
  if (after !== undefined) fact.after = { ...after, ...unknown };
  if (links.length > 0) fact.links = Object.fromEntries(links);
  return fact;
}

/** Data sources have types of their own. */
function typeOf({ mode, type }: PlannedResource): string {
  return mode === "managed" ? type : `data.${type}`;
}

function concernsAccess(resource: PlannedResource, references: References): boolean {
  const { actions } = resource.change;
  const isRead = actions.length === 1 && actions[0] === "read";
  return !isRead && namesOf(resource, references).length > 0;
}

/** Only the attributes that are kept: the others need not be masked. */
function asFarAsKept(whole: PlannedResource, references: References): PlannedResource {
  const names = ["arn", ...namesOf(whole, references)];
  const resource = withRoleAttributes(whole, names);
  const { change } = resource;
  const before = picked(change.before, names);
  return {
    ...resource,
    change: {
      ...change,
      before,
      after: change.after === change.before ? before : picked(change.after, names),
      before_sensitive: picked(change.before_sensitive, names),
      after_sensitive: picked(change.after_sensitive, names),
    },
  };
}

function picked<Rest>(
  values: Readonly<Record<string, unknown>> | Rest,
  names: readonly string[],
): Readonly<Record<string, unknown>> | Rest {
  if (!isJsonObject(values)) return values;
  const kept: Record<string, unknown> = {};
  for (const name of names) if (Object.hasOwn(values, name)) kept[name] = values[name];
  return kept;
}

/**
 * Which attributes of a resource are looked at is found once: most of a large plan is asked for no
 * more.
 */
const NAMES = new WeakMap<PlannedResource, readonly string[]>();

/** The same of unchanged resources of a type, where the type alone decides. */
const NAMES_OF_UNCHANGED = new Map<string, readonly string[]>();

/** The attributes that are looked at. */
function namesOf(resource: PlannedResource, references: References): readonly string[] {
  const { mode, type, change } = resource;
  const look = () => namesLookedAt(resource, references);
  return mode === "managed" && change.after === change.before && isDecidedByType(type)
    ? remembered(NAMES_OF_UNCHANGED, type, look)
    : remembered(NAMES, resource, look);
}

function namesLookedAt(resource: PlannedResource, references: References): readonly string[] {
  const type = typeOf(resource);
  const configured = () => references.configured(resource.address);
  const roles = roleAttributes(resource, configured);
  const known = ATTRIBUTES[type];
  if (known !== undefined) return roles.length === 0 ? known : [...new Set([...known, ...roles])];
  const policy = policyAttributes(resource, configured);
  const shares = sharedAttributes(resource);
  const others = NOT_COMPARED[type] ?? grantAttributes(resource, configured);
  const names = [...policy, ...shares, ...roles, ...others];
  // By name, an object of another region is another one.
  return names.length === 0 ? [] : [...new Set([...names, REGION])];
}

/**
 * Names of attributes are looked at only where something is done: there are tens of thousands of
 * resources in a large plan.
 */
function sharedAttributes({ mode, type, change }: PlannedResource): readonly string[] {
  if (mode !== "managed") return [];
  const { before, after } = change;
  const names = after === before ? [] : Object.keys({ ...before, ...after });
  return shareAttributes(type, names);
}

function isThere(values: PlannedChange["after"]): values is Readonly<Record<string, unknown>> {
  return values !== null && values !== undefined;
}

function knownAttributes(
  values: PlannedChange["after"],
  sensitive: PlannedChange["after_sensitive"],
  names: readonly string[],
): Attributes | undefined {
  if (!isThere(values)) return undefined;
  const known: Attributes = {};
  for (const name of names) {
    const value = values[name];
    // In a list of policies the names still identify each policy.
    const isPart = name === "inline_policy" && Array.isArray(value);
    if (isUnknown(sensitive, name) && !isPart) known[name] = { kind: "sensitive" };
    else if (value !== undefined && value !== null && value !== "") known[name] = { kind: "value", value };
  }
  return known;
}

/**
 * Of all that the attribute is made of, that which is known only after apply itself; if none is
 * found, all of it.
 */
function laterFrom(references: readonly Reference[], { instances }: FactSources): AttributeValue {
  const print = ({ to, attribute }: Reference) => (attribute === undefined ? to : `${to}.${attribute}`);
  const open = references.filter((one) => {
    const { attribute } = one;
    return instancesOf(one, undefined, instances).some(({ unknown }) =>
      attribute === undefined ? hasMark(unknown) : isUnknown(unknown, attribute),
    );
  });
  const dependsOn = [...new Set((open.length > 0 ? open : references).map(print))].sort();
  return { kind: "later", dependsOn };
}
