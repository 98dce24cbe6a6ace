/**
 * The day by the calendar of UTC, so that an end date is the same on every machine: `2026-11-29`.
 */
export function today(now: number = Date.now()): string {
  return new Date(now).toISOString().slice(0, 10);
}
