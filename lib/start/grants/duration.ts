import { wrongCall } from "../../project/unknown-name";

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
/** Longer grants are days that people choose: `--until`. */
const MOST_DAYS = 366;

/**
 * A duration such as `90m`, `2h` or `3d` in milliseconds.
 * @throws ProjectError `wrong-call` (exit 2): another form, zero, or more than 366 days
 */
export function lengthOf(text: string): number {
  const [, count = "", unit = ""] = /^([0-9]{1,6})([mhd])$/.exec(text) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? 0);
  if (ms > 0 && ms <= MOST_DAYS * 86_400_000) return ms;
  throw wrongCall(
    `--for ${text}: this is not a duration of at most ${MOST_DAYS} days`,
    "write minutes, hours or days, such as 90m, 2h or 3d",
  );
}
