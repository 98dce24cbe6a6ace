import fc from "fast-check";
import {
  compareVersions,
  DEFAULT_AWS_PROVIDER,
  exactVersion,
  fitsVersion,
  providerVersionRule,
  versionOf,
} from "../../lib/config/rules/provider-version";

describe("a version of the AWS provider", () => {
  test.each([
    DEFAULT_AWS_PROVIDER,
    "6.25.0",
    "= 6.25",
    "~> 5.100",
    "~> 6.25.0",
    ">= 5.100.0, < 7.0.0",
    ">=6, <= 6.99.0, != 6.3.0",
  ])("%s is known", (text) => {
    expect(providerVersionRule(text)).toBeUndefined();
  });

  test.each([
    ["5.99.1", "provider-version-range"],
    ["7.0.0", "provider-version-range"],
    [">= 6.0", "provider-version-range"],
    ["< 7", "provider-version-range"],
    ["~> 6", "provider-version-range"],
    ["<= 7.0.0, >= 6.0", "provider-version-range"],
    [">= 6.25, < 6.0", "provider-version-empty"],
    ["6.0.0-beta1", "malformed-provider-version"],
    ["latest", "malformed-provider-version"],
    ["", "malformed-provider-version"],
    ['5.100.0"\n}', "malformed-provider-version"],
  ])("%j is not: %s", (found, code) => {
    expect(providerVersionRule(found)).toMatchObject({ code, found });
  });
});

// Terraform's documentation, "Version Constraints".
test.each([
  ["6.25.0", "6.25", true],
  ["6.25.1", "6.25", false],
  ["6.30.4", "~> 6.25", true],
  ["7.0.0", "~> 6.25", false],
  ["6.25.9", "~> 6.25.3", true],
  ["6.26.0", "~> 6.25.3", false],
  ["6.25.2", "~> 6.25.3", false],
  ["6.3.0", ">= 6, < 7, != 6.3.0", false],
  ["6.3.1", ">= 6, < 7, != 6.3.0", true],
  ["5.100.0", "> 5.100.0, < 6.0", false],
  ["5.100.0", "<= 5.100.0", true],
])("%s fits %s: %s", (version, constraint, fits) => {
  expect(fitsVersion(version, constraint)).toBe(fits);
});

test("a version fits the constraint that is itself, and no other version does", () => {
  const version = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)).map((parts) => parts.join("."));
  fc.assert(
    fc.property(version, version, (one, other) => {
      expect(exactVersion(one)).toBe(one);
      expect(fitsVersion(one, one)).toBe(true);
      expect(fitsVersion(other, one)).toBe(compareVersions(versionOf(one), versionOf(other)) === 0);
    }),
  );
});
