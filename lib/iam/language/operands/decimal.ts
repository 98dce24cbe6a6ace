/** A decimal number, exactly: `digits` × 10^`exponent`. */
export interface Decimal {
  readonly digits: bigint;
  /** -400 to 0. */
  readonly exponent: number;
}

const DECIMAL = /^([-+]?)([0-9]{1,400})(?:\.([0-9]{1,400}))?$/;

/**
 * An integer or decimal number ("Numeric condition operators"). Undefined: the text is no number.
 * No exponents: the guide has none.
 */
export function parseDecimal(text: string): Decimal | undefined {
  const [, sign, whole, fraction = ""] = DECIMAL.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const digits = BigInt(whole + fraction);
  return { digits: sign === "-" ? -digits : digits, exponent: -fraction.length };
}

/** Below 0, 0 or above 0, like the result of a comparison. */
export function compareDecimals(one: Decimal, other: Decimal): number {
  const exponent = Math.min(one.exponent, other.exponent);
  const [left, right] = [one, other].map(
    ({ digits, exponent: own }) => digits * 10n ** BigInt(own - exponent),
  );
  if (left === undefined || right === undefined || left === right) return 0;
  return left < right ? -1 : 1;
}
