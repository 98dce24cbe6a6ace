import { compareText } from "../../collections/sort";
import type { AccessResource, Attributes, ReadPlan } from "../model/facts";

/**
 * The three snapshots of a review. `recorded`: the state after the last apply. `current`: the state
 * after the refresh. `planned`: the state after the plan is applied. What differs between the first
 * two is drift; what differs between the last two is the plan.
 */
export const SNAPSHOTS = ["recorded", "current", "planned"] as const;
export type Snapshot = (typeof SNAPSHOTS)[number];

/** A resource in all three snapshots; undefined: it did not exist. */
export interface Timeline {
  readonly stack: string;
  readonly type: string;
  readonly address: string;
  readonly account: string | undefined;
  /**
   * The provider configuration: resources that have it in common, in one stack, are in one account
   * and one region.
   */
  readonly provider: string | undefined;
  /**
   * The account is that of other resources of the same provider configuration, and not said of this
   * one.
   */
  readonly isInferred: boolean;
  /** Its provider configuration, where the account is not known and the plan has several. */
  readonly configuration: string | undefined;
  readonly at: Readonly<Record<Snapshot, Attributes | undefined>>;
  /** The plan does something with it. */
  readonly isPlanned: boolean;
  /** It was changed outside of Terraform. */
  readonly isDrifted: boolean;
  /** It is replaced, and what was attached to the old one is removed with it. */
  readonly isReplaced: boolean;
  /** Terraform forgets it: it remains in AWS, unmanaged. */
  readonly isForgotten: boolean;
  readonly configured: readonly string[] | undefined;
  readonly links: Readonly<Record<string, readonly string[]>>;
}

/**
 * Every resource of every plan that matters for access, by stack and address. A refresh-only plan
 * has drift, and changes nothing.
 */
export function timelinesOf(plans: readonly ReadPlan[]): readonly Timeline[] {
  const timelines: Timeline[] = [];
  for (const { review, facts } of plans) {
    const drift = new Map(facts.drift.map((one) => [one.address, one]));
    for (const one of facts.changes) timelines.push(...courseOf(review.name, one, drift.get(one.address)));
    if (drift.size === 0) continue;
    const changed = new Set(facts.changes.map(({ address }) => address));
    const others = facts.drift.filter(({ address }) => !changed.has(address));
    timelines.push(...others.map((one) => driftOnly(review.name, one)));
  }
  return timelines.sort(inOrder);
}

/**
 * A value in all three snapshots. Most resources are equal in all of them, and are examined once.
 */
export function atSnapshots<Found>(
  { at: { recorded, current, planned } }: Timeline,
  look: (attributes: Attributes | undefined) => Found,
): Readonly<Record<Snapshot, Found>> {
  const later = look(planned);
  const now = current === planned ? later : look(current);
  return { recorded: recorded === current ? now : look(recorded), current: now, planned: later };
}

/** By stack and address. */
export function inOrder(one: Timeline, other: Timeline): number {
  return compareText(one.stack, other.stack) || compareText(one.address, other.address);
}

/**
 * A replacement that forgets the old object (`destroy = false`) is two: one that stays as it is,
 * and a new one.
 */
function courseOf(
  stack: string,
  change: AccessResource,
  drift: AccessResource | undefined,
): readonly Timeline[] {
  const { actions, address, before, after, ...rest } = change;
  if (actions === "no-op") return [timeline(stack, change, drift)];
  const parts = actions.split(",");
  if (!parts.includes("forget") || parts.length === 1) return [timeline(stack, change, drift)];
  const old: AccessResource = { ...rest, address: `${address} (forgotten)`, actions: "forget" };
  const fresh: AccessResource = { ...rest, address, actions: "create" };
  if (before !== undefined) old.before = before;
  if (after !== undefined) fresh.after = after;
  delete old.links;
  return [timeline(stack, fresh, undefined), timeline(stack, old, drift)];
}

function timeline(stack: string, change: AccessResource, drift: AccessResource | undefined): Timeline {
  const { before, after, actions } = change;
  const isForgotten = actions === "forget";
  return timelineOf(stack, change, {
    at: {
      recorded: drift === undefined ? before : drift.before,
      current: before,
      planned: isForgotten ? before : after,
    },
    isPlanned: actions !== "no-op",
    isDrifted: drift !== undefined && drift.actions !== "no-op",
    isReplaced: actions.includes("create") && before !== undefined,
    isForgotten,
  });
}

function driftOnly(stack: string, drift: AccessResource): Timeline {
  const { before, after } = drift;
  return timelineOf(stack, drift, {
    at: { recorded: before, current: after, planned: after },
    isPlanned: false,
    isDrifted: drift.actions !== "no-op",
    isReplaced: false,
    isForgotten: false,
  });
}

type Course = Pick<Timeline, "at" | "isPlanned" | "isDrifted" | "isReplaced" | "isForgotten">;

/** One object literal: there are tens of thousands of them. */
function timelineOf(
  stack: string,
  { type, address, account, isInferred, configuration, provider, configured, links = {} }: AccessResource,
  { at, isPlanned, isDrifted, isReplaced, isForgotten }: Course,
): Timeline {
  return {
    stack,
    type,
    address,
    account,
    provider,
    isInferred: isInferred === true,
    configuration,
    configured,
    links,
    at,
    isPlanned,
    isDrifted,
    isReplaced,
    isForgotten,
  };
}

/** A text attribute; undefined: absent, or unknown. */
export function textAt(attributes: Attributes | undefined, name: string): string | undefined {
  const value = attributes?.[name];
  return value?.kind === "value" && typeof value.value === "string" ? value.value : undefined;
}

/** A list of texts; undefined: absent, or unknown. */
export function textsAt(attributes: Attributes | undefined, name: string): readonly string[] | undefined {
  const value = attributes?.[name];
  if (value?.kind !== "value" || !Array.isArray(value.value)) return undefined;
  return value.value.filter((one) => typeof one === "string");
}
