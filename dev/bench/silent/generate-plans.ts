import { HARMLESS } from "./harmless";
import { IDENTITY_GRANTS } from "./identity-grants";
import { OTHER_GRANTS } from "./other-grants";
import type { Piece, PlannedObject } from "./piece";
import { RESOURCE_GRANTS } from "./resource-grants";

/** All kinds of grants. */
export const GRANTS: readonly Piece[] = [...IDENTITY_GRANTS, ...RESOURCE_GRANTS, ...OTHER_GRANTS];

interface GeneratedPlan {
  /** The kind of grant. Undefined: the plan grants nothing. */
  readonly grant: string | undefined;
  readonly text: string;
}

/** Every third plan grants access, with the next kind of grant, among harmless changes. */
const EVERY = 3;

/** Maximum number of harmless changes in a plan. */
const MAX_HARMLESS = 4;

/**
 * Plans in the format of `terraform show -json`. Deterministic.
 * @param count 1 or more
 */
export function generatePlans(count: number): readonly GeneratedPlan[] {
  const next = numbers();
  return Array.from({ length: count }, (_, index) => {
    const grant = index % EVERY === 0 ? GRANTS[(index / EVERY) % GRANTS.length] : undefined;
    // Each at most once: an object that two resources manage is a finding.
    const harmless = rotated(HARMLESS, next()).slice(0, 1 + (next() % MAX_HARMLESS));
    const pieces = grant === undefined ? harmless : [...harmless, grant];
    const module = next() % 2 === 0 ? "" : "module.app.";
    return { grant: grant?.name, text: planOf(rotated(pieces, next()), module) };
  });
}

/** Pseudo-random integers (linear congruential generator). Deterministic. */
function numbers(): () => number {
  let state = 12_345;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state >>> 8;
  };
}

function rotated<Item>(items: readonly Item[], by: number): readonly Item[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

/** @param module address with a trailing dot, or empty */
export function planOf(pieces: readonly Piece[], module: string): string {
  const declared: object[] = [];
  const listed = (part: "resources" | "drift" | "deferred") =>
    pieces.flatMap((piece, index) =>
      (piece[part] ?? []).flatMap((one, at) => {
        const name = `${part}-${index}-${at}`;
        declared.push(declarationOf(one, name));
        const planned = resourceOf(one, `${module}${addressOf(one, name)}`);
        return one.isTwice === true ? [planned, planned] : [planned];
      }),
    );
  const [changes, drift, deferred] = [listed("resources"), listed("drift"), listed("deferred")];
  const inside = { resources: declared };
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.14.0",
    resource_changes: changes,
    resource_drift: drift,
    deferred_changes: deferred.map((resource_change) => ({ reason: "deferred_prereq", resource_change })),
    action_invocations: pieces.flatMap(({ invoked = [] }) => invoked),
    deferred_action_invocations: pieces.flatMap(({ deferredInvoked = [] }) => deferredInvoked),
    configuration: {
      provider_config: { aws: { name: "aws" }, "aws.other": { name: "aws", alias: "other" } },
      root_module: module === "" ? inside : { module_calls: { app: { module: inside } } },
    },
    complete: true,
    errored: false,
  });
}

function addressOf({ mode, type }: PlannedObject, name: string): string {
  return `${mode === undefined ? "" : `${mode}.`}${type}.${name}`;
}

function resourceOf({ type, mode, actions, before, after, unknown = {} }: PlannedObject, address: string) {
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  const made = before === null ? "create" : after === null ? "delete" : isSame ? "no-op" : "update";
  return {
    address,
    mode: mode ?? "managed",
    type,
    provider_name: type.startsWith("aws_") ? "registry.terraform.io/hashicorp/aws" : providerOf(type),
    change: {
      actions: actions ?? [made],
      before,
      after,
      after_unknown: unknown,
      before_sensitive: {},
      after_sensitive: {},
    },
  };
}

function providerOf(type: string): string {
  return type === "terraform_data"
    ? "terraform.io/builtin/terraform"
    : `registry.terraform.io/hashicorp/${type.split("_")[0]}`;
}

function declarationOf(
  { type, mode, after, before, unknown = {}, provider = "aws", provisioners = [] }: PlannedObject,
  name: string,
): object {
  const names = Object.keys({ ...before, ...after, ...unknown });
  return {
    address: mode === "data" ? `data.${type}.${name}` : `${type}.${name}`,
    mode: mode ?? "managed",
    type,
    name,
    provider_config_key: provider,
    expressions: Object.fromEntries(names.map((one) => [one, {}])),
    provisioners: provisioners.map((one) => ({ type: one })),
  };
}
