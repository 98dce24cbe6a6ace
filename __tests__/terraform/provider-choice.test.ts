import { chooseProvider, constraintOf, stackLock } from "../../lib/terraform/provider-choice";

describe("the provider's version", () => {
  test.each([
    [undefined, "5.100.0"],
    ["6.30.0", "6.30.0"],
    // The one that tests run, before a newer one.
    [">= 5.100.0, < 7.0.0", "5.100.0"],
    ["~> 6.0", "6.25.0"],
    // No pinned hashes: Terraform chooses.
    ["~> 6.40.0", undefined],
  ])("of constraint %s is %s on every machine", (constraint, version) => {
    expect(chooseProvider(constraint).version).toBe(version);
  });

  test("OIDC_PROVIDER_VERSION is checked as access.yaml is", () => {
    expect(constraintOf({ OIDC_PROVIDER_VERSION: "6.25.0" })).toBe("6.25.0");
    expect(constraintOf({ OIDC_PROVIDER_VERSION: "" })).toBeUndefined();
    expect(() => constraintOf({ OIDC_PROVIDER_VERSION: "4.67.0" })).toThrow(
      expect.objectContaining({ code: "provider-version-variable", found: "4.67.0", exitCode: 2 }),
    );
  });
});

describe("a stack's lock file", () => {
  test.each(["5.100.0", "6.25.0"])("has every platform's hashes of %s", (version) => {
    const lock = stackLock(chooseProvider(version));
    expect(lock).toMatch(
      new RegExp(
        `^provider "registry.terraform.io/hashicorp/aws" \\{\n {2}version {5}= "${version}"\n {2}constraints = "${version}"\n`,
      ),
    );
    const hashes = lock?.match(/^ {4}"(?:h1:[A-Za-z0-9+/]{43}=|zh:[0-9a-f]{64})",$/gm) ?? [];
    expect(new Set(hashes).size).toBe(29);
  });

  test("does not exist for a version without pinned hashes", () => {
    expect(stackLock(chooseProvider("6.30.0"))).toBeUndefined();
  });
});
