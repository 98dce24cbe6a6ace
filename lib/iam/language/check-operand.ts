import { notRead } from "./not-read";
import { parseDecimal } from "./operands/decimal";
import { parseInstant } from "./operands/instant";
import { parseIpRange } from "./operands/ip-range";
import type { JsonPath, OperatorBase } from "./policy";

/**
 * Checks that a value is of its operator's type. The guide does not define other values (IAM
 * rejects most of them), so they are an error here, never a value that matches nothing.
 * @throws ProjectError `policy-not-read`
 */
export function checkOperand(base: OperatorBase, text: string, path: JsonPath): void {
  const kind = kindOf(base);
  if (kind === undefined || kind.reads(text)) return;
  throw notRead(path, `${base} requires ${kind.name}`, JSON.stringify(text), `write ${kind.example}`);
}

interface OperandKind {
  readonly name: string;
  readonly example: string;
  readonly reads: (text: string) => boolean;
}

const NUMBER: OperandKind = {
  name: "a number",
  example: "a number, for example 10 or -2.5",
  reads: (text) => parseDecimal(text) !== undefined,
};
const DATE: OperandKind = {
  name: "a date",
  example: "a date, for example 2026-01-31T12:00:00Z, or seconds since 1970",
  reads: (text) => parseInstant(text) !== undefined,
};
const BOOLEAN: OperandKind = {
  name: "a boolean",
  example: "true or false",
  reads: (text) => text === "true" || text === "false",
};
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** "Binary condition operators". */
const BINARY: OperandKind = {
  name: "base64",
  example: 'base64, for example "QmluYXJ5"',
  reads: (text) => BASE64.test(text),
};
const ADDRESSES: OperandKind = {
  name: "an IP address range",
  example: "an address or a range, for example 203.0.113.0/24 or 2001:db8::/32",
  reads: (text) => parseIpRange(text) !== undefined,
};

function kindOf(base: OperatorBase): OperandKind | undefined {
  if (base.startsWith("Numeric")) return NUMBER;
  if (base.startsWith("Date")) return DATE;
  if (base === "Bool" || base === "Null") return BOOLEAN;
  if (base === "BinaryEquals") return BINARY;
  return base === "IpAddress" ? ADDRESSES : undefined;
}
