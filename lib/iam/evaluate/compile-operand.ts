import { compareDecimals, parseDecimal } from "../language/operands/decimal";
import { parseInstant } from "../language/operands/instant";
import { isInRange, parseIpRange } from "../language/operands/ip-range";
import type { OperatorBase, Value } from "../language/policy";
import { compileArn } from "./arn-pattern";
import { compileText, type ValuePattern } from "./value-pattern";

/**
 * One value of a condition under its operator, without negation. If the operator cannot read the
 * request's value, the result is unknown: the guide does not define it.
 */
export function compileOperand(base: OperatorBase, value: Value): ValuePattern {
  switch (base) {
    case "StringEquals":
    case "StringLike":
      return compileText(value, { ignoreCase: false });
    case "StringEqualsIgnoreCase":
      return compileText(value, { ignoreCase: true });
    case "ArnEquals":
    case "ArnLike":
      return compileArn(value);
    case "Bool":
      return compare(
        value,
        (text) => (/^(?:true|false)$/i.test(text) ? text.toLowerCase() : undefined),
        (one, other) => one === other,
      );
    // Compared as text: "BinaryEquals … byte for byte against a base-64 encoded representation"
    // ("Binary condition operators").
    case "BinaryEquals":
      return compileText(value, { ignoreCase: false });
    case "IpAddress":
      return compare(value, parseIpRange, isInRange);
    case "Null":
      throw new Error("Null asks for the key and compares no value");
    default:
      return compileOrdered(base, value);
  }
}

type Ordered = Extract<OperatorBase, `Numeric${string}` | `Date${string}`>;

function compileOrdered(base: Ordered, value: Value): ValuePattern {
  const isWanted = orderOf(base);
  if (base.startsWith("Date")) return compare(value, parseInstant, (one, other) => isWanted(one - other));
  return compare(value, parseDecimal, (one, other) => isWanted(compareDecimals(one, other)));
}

function orderOf(base: Ordered): (order: number) => boolean {
  if (base.endsWith("LessThan")) return (order) => order < 0;
  if (base.endsWith("LessThanEquals")) return (order) => order <= 0;
  if (base.endsWith("GreaterThan")) return (order) => order > 0;
  if (base.endsWith("GreaterThanEquals")) return (order) => order >= 0;
  return (order) => order === 0;
}

function compare<T>(
  value: Value,
  read: (text: string) => T | undefined,
  isWanted: (found: T, wanted: T) => boolean,
): ValuePattern {
  const wanted = read(value.text);
  return {
    prefix: "",
    matches: (text) => {
      const found = read(text);
      return found === undefined || wanted === undefined ? "unknown" : isWanted(found, wanted);
    },
  };
}
