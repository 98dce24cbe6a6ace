import { parseIpRange } from "../../language/operands/ip-range";
import { before, between, type Cut, type IntervalSet } from "./interval-set";
import { isBetween, type OrderedType } from "./ordered-type";

/** Addresses as numbers on one line: all of IPv4, then all of IPv6 behind them. */
const FIRST_IPV6 = 2n ** 32n;
const END = FIRST_IPV6 + 2n ** 128n;
const GROUPS = 8;

/** Addresses of documentation (RFC 5737, RFC 3849), which an example shows where they will do. */
const EXAMPLES = ["203.0.113.7", "198.51.100.7", "192.0.2.7", "2001:db8::7"].flatMap(
  (text) => place(text) ?? [],
);

/** IPv4 and IPv6 addresses ("IP address condition operators"). */
export const addresses: OrderedType<bigint> = {
  compare: compareAddresses,
  read: place,
  write: writeAddress,
  identify: String,
  wanted: (base, text) => (base === "IpAddress" ? networkOf(text) : undefined),
  pick: (low, high) =>
    candidates(low, high).filter(
      (address) => address >= 0n && address < END && isBetween(address, low, high, compareAddresses),
    ),
  seams: [before(FIRST_IPV6)],
  isUsual: (address) => EXAMPLES.includes(address),
  requirement: (answers) => ({ type: "address", answers }),
};

export function compareAddresses(one: bigint, other: bigint): number {
  return one < other ? -1 : Number(one > other);
}

function start(width: 32 | 128): bigint {
  return width === 32 ? 0n : FIRST_IPV6;
}

export function networkOf(text: string): IntervalSet<bigint> | undefined {
  const range = parseIpRange(text);
  if (range === undefined) return undefined;
  const size = 2n ** BigInt(range.width - range.length);
  const first = start(range.width) + (range.address / size) * size;
  return between(before(first), before(first + size));
}

/** A single address, not a range of several. */
function place(text: string): bigint | undefined {
  const range = parseIpRange(text);
  return range === undefined || range.length < range.width ? undefined : start(range.width) + range.address;
}

/**
 * The first address of a network is not assigned to a host, so the second is the better example.
 */
function candidates(low: Cut<bigint> | undefined, high: Cut<bigint> | undefined): readonly bigint[] {
  const first = low === undefined ? 0n : low.isAfter ? low.at + 1n : low.at;
  const last = high === undefined ? END - 1n : high.isAfter ? high.at : high.at - 1n;
  return [...EXAMPLES, first + 1n, first].filter((one) => one <= last);
}

function writeAddress(address: bigint): string {
  return address < FIRST_IPV6 ? writeIPv4(address) : writeIPv6(address - FIRST_IPV6);
}

function writeIPv4(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((bits) => (address >> bits) & 0xffn).join(".");
}

/** With its longest run of zeros left out (RFC 5952). */
function writeIPv6(address: bigint): string {
  const groups = Array.from({ length: GROUPS }, (_, at) =>
    ((address >> BigInt(16 * (GROUPS - 1 - at))) & 0xffffn).toString(16),
  );
  const text = groups.join(":");
  const runs = text.match(/\b0(?::0)+\b/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), "");
  if (longest === "") return text;
  const at = text.indexOf(longest);
  return `${text.slice(0, at).replace(/:$/, "")}::${text.slice(at + longest.length).replace(/^:/, "")}`;
}
