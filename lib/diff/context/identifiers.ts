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
 * Where names mean one object: a stack's provider configuration; where the plan does not say which,
 * the resource by itself.
 */
export function scopeOf({ stack, provider, address }: Timeline): string {
  return provider === undefined ? resourceKey(stack, address) : resourceKey(stack, provider);
}
