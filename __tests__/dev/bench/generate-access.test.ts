import { generateAccess } from "../../../dev/bench/generate-access";
import { accessFromText } from "../../../lib/config/load";
import { checkInlinePoliciesSize, checkTrustPolicySize } from "../../../lib/iam/write/quotas";

const checks = [checkTrustPolicySize, checkInlinePoliciesSize];

describe("generateAccess", () => {
  test.each([1, 2, 10, 100])("%d projects are a valid file with two roles and two buckets each", (size) => {
    const access = accessFromText(generateAccess(size), "access.yaml", checks);
    expect(access.projects).toHaveLength(size);
    expect(access.people).toHaveLength(50);
    for (const { roles } of access.projects) {
      expect(roles.map(({ key }) => key).sort()).toEqual(["deploy", "preview"]);
    }
    const buckets = access.projects.flatMap(({ roles }) => roles.map(({ bucket }) => bucket?.name));
    expect(buckets).not.toContain(undefined);
    expect(new Set(buckets).size).toBe(2 * size);
  });

  test("is deterministic, and differs by size", () => {
    expect(generateAccess(7)).toBe(generateAccess(7));
    expect(generateAccess(7)).not.toBe(generateAccess(8));
  });

  test("a larger file only adds projects to a smaller one", () => {
    expect(generateAccess(12).startsWith(generateAccess(5))).toBe(true);
  });
});
