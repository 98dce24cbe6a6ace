import { compareDecimals, type Decimal, parseDecimal } from "../../language/operands/decimal";
import type { Cut } from "./interval-set";
import { wantedInOrder } from "./ordered-operators";
import { isBetween, type OrderedType } from "./ordered-type";

/** Decimal numbers ("Numeric condition operators"): there is one between any two of them. */
export const numbers: OrderedType<Decimal> = {
  compare: compareDecimals,
  read: parseDecimal,
  write: writeDecimal,
  identify: writeDecimal,
  wanted: (base, text) => wantedInOrder(base, "Numeric", parseDecimal(text)),
  pick: (low, high) =>
    candidates(low, high).filter(
      (value) =>
        isBetween(value, low, high, compareDecimals) && parseDecimal(writeDecimal(value)) !== undefined,
    ),
  seams: [],
  isUsual: () => true,
  requirement: (answers) => ({ type: "number", answers }),
};

/** A whole number where there is one. */
function candidates(low: Cut<Decimal> | undefined, high: Cut<Decimal> | undefined): readonly Decimal[] {
  if (low === undefined && high === undefined) return [whole(0n)];
  if (low === undefined) return high === undefined ? [] : [whole(floor(high.at) - 1n), whole(floor(high.at))];
  if (high === undefined) return [whole(floor(low.at) + 1n), low.at];
  return [whole(floor(low.at) + 1n), middle(low.at, high.at), low.at, high.at];
}

function whole(digits: bigint): Decimal {
  return { digits, exponent: 0 };
}

/** The highest whole number that is not above it. */
function floor({ digits, exponent }: Decimal): bigint {
  const unit = 10n ** BigInt(-exponent);
  const rest = ((digits % unit) + unit) % unit;
  return (digits - rest) / unit;
}

function middle(one: Decimal, other: Decimal): Decimal {
  const exponent = Math.min(one.exponent, other.exponent);
  const [left = 0n, right = 0n] = [one, other].map(
    ({ digits, exponent: own }) => digits * 10n ** BigInt(own - exponent),
  );
  return { digits: (left + right) * 5n, exponent: exponent - 1 };
}

/** Without zeros that say nothing, so that equal numbers are written alike. */
export function writeDecimal({ digits, exponent }: Decimal): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(1 - exponent, "0");
  const at = text.length + exponent;
  const fraction = text.slice(at).replace(/0+$/, "");
  return `${digits < 0n ? "-" : ""}${text.slice(0, at)}${fraction === "" ? "" : `.${fraction}`}`;
}
