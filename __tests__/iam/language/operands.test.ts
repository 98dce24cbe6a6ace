import fc from "fast-check";
import { compareDecimals, parseDecimal } from "../../../lib/iam/language/operands/decimal";
import { parseInstant } from "../../../lib/iam/language/operands/instant";
import { isInRange, parseIpRange } from "../../../lib/iam/language/operands/ip-range";

describe("numbers", () => {
  test.each(["", "ten", "1e3", "0x10", "1,5", " 1", "1.", ".5", "--1"])("%j is rejected", (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });

  test.each<[string, string, number]>([
    ["1", "1.0", 0],
    ["0.1", "0.10000000000000000001", -1],
    ["-2", "-1", -1],
    ["100000000000000000000000001", "100000000000000000000000000", 1],
    ["-0", "0", 0],
  ])("%s compared with %s: %d", (one, other, order) => {
    const [left, right] = [parseDecimal(one), parseDecimal(other)];
    if (left === undefined || right === undefined) throw new Error("no number");
    expect(compareDecimals(left, right)).toBe(order);
    expect(compareDecimals(right, left)).toBe(order === 0 ? 0 : -order);
  });
});

describe("dates", () => {
  test.each<[string, string]>([
    ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.000Z"],
    ["2026-01-31T12:00Z", "2026-01-31T12:00:00.000Z"],
    ["2026-01-31T12:00:00.5+02:30", "2026-01-31T09:30:00.500Z"],
    ["2026-01-31", "2026-01-31T00:00:00.000Z"],
    ["2026-03", "2026-03-01T00:00:00.000Z"],
    ["2026", "2026-01-01T00:00:00.000Z"],
    ["1767225600", "2026-01-01T00:00:00.000Z"],
  ])("%s is %s", (text, iso) => {
    expect(new Date(parseInstant(text) ?? Number.NaN).toISOString()).toBe(iso);
  });

  test.each([
    "",
    "tomorrow",
    "2026-02-30",
    "2026-13",
    "2026-01-31T25:00Z",
    "2026-01-31T12:00:00",
    "2026-01-31 12:00Z",
    "99",
  ])("%j is rejected", (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

describe("addresses", () => {
  const inRange = (one: string, range: string): boolean => {
    const [left, right] = [parseIpRange(one), parseIpRange(range)];
    if (left === undefined || right === undefined) throw new Error("no address");
    return isInRange(left, right);
  };

  test.each<[string, string, boolean]>([
    ["203.0.113.7", "203.0.113.0/24", true],
    ["203.0.114.7", "203.0.113.0/24", false],
    ["203.0.113.7", "203.0.113.7", true],
    ["203.0.113.8", "203.0.113.7/32", false],
    ["10.1.2.3", "0.0.0.0/0", true],
    ["2001:db8::1", "0.0.0.0/0", false],
    ["2001:db8:1::1", "2001:db8::/32", true],
    ["2001:db9::1", "2001:db8::/32", false],
    ["::1", "::/0", true],
    ["10.1.2.3", "::/0", false],
    ["::ffff:10.1.2.3", "::ffff:a01:203", true],
  ])("%s in %s: %s", (one, range, expected) => {
    expect(inRange(one, range)).toBe(expected);
  });

  test.each([
    "",
    "10.0.0",
    "10.0.0.256",
    "010.0.0.1",
    "10.0.0.0/33",
    "::/129",
    ":::",
    "1:2:3:4:5:6:7:8:9",
    "1::2::3",
    "g::",
    "::1.2.3",
  ])("%j is rejected", (text) => {
    expect(parseIpRange(text)).toBeUndefined();
  });

  test("an address is in every range of its own prefix, and in none with a changed bit", () => {
    fc.assert(
      fc.property(fc.nat({ max: 0xffff_ffff }), fc.integer({ min: 1, max: 32 }), (bits, length) => {
        const text = (value: number): string => [24, 16, 8, 0].map((by) => (value >>> by) & 255).join(".");
        expect(inRange(text(bits), `${text(bits)}/${length}`)).toBe(true);
        expect(inRange(text(bits ^ (1 << (32 - length))), `${text(bits)}/${length}`)).toBe(false);
      }),
    );
  });
});
