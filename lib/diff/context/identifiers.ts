import { REGION } from "../model/facts";
import { resourceKey } from "./principals";
import type { Timeline } from "./timelines";

/**
 * An ARN, an address or an id that AWS gives to one object alone; names are one's own in each
 * account and region.
 */
const GLOBAL = /^(arn:|https?:\/\/)|^[a-z]+-[0-9a-f]{8,}$|^(mrk-)?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]/;

export function isGlobalId(text: string): boolean {
  return GLOBAL.test(text);
}

/**
 * Where names mean one object: a stack's provider configuration and, since version 6 of the AWS
 * provider, the resource's own region; where the plan does not say which provider, the resource by
 * itself.
 */
export function scopeOf(timeline: Timeline): string {
  const { stack, provider, address } = timeline;
  if (provider === undefined) return resourceKey(stack, address);
  return [resourceKey(stack, provider), ...regionsOf(timeline)].join(" ");
}

/** The values of the argument `region`: two for a resource that moves. */
export function regionsOf({ at }: Timeline): readonly string[] {
  const values = SNAPSHOTS.map((snapshot) => at[snapshot]?.[REGION]);
  const texts = values.flatMap((one) =>
    one?.kind === "value" && typeof one.value === "string" ? one.value : [],
  );
  return [...new Set(texts)].sort();
}

const SNAPSHOTS = ["recorded", "current", "planned"] as const;
