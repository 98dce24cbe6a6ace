import type { IdentityStatement, Role } from "../../../lib/config/model/model";
import { checkInlinePoliciesSize, checkTrustPolicySize } from "../../../lib/iam/write/quotas";
import { aBucket, aGrant, alice, aRole, everyone, only, refs } from "../../fixtures/access";
import { LIST_BUCKET, USE_OBJECTS } from "./buckets/bucket-statements";

/** IAM's quotas, "Role trust policy length" and the size of all inline policies of a role. */
const TRUST_QUOTA = 2_048;
const INLINE_QUOTA = 10_240;

/** A role whose trust policy has exactly this many characters, by the length of a branch's name. */
function withTrustPolicyOf(size: number): Role {
  const host = "oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
  const withoutBranch = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${host}:aud`]: "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11",
            [`${host}:sub`]:
              "org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11/project/77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03/user/" +
              "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/",
          },
        },
      },
    ],
  }).length;
  const name = "b".repeat(size - withoutBranch);
  return aRole({ grant: aGrant({ people: only(alice), refs: refs({ branches: [name] }) }) });
}

function aStatement(sid: string): IdentityStatement {
  return { Sid: sid, Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" };
}

/**
 * A role whose inline policies together have exactly this many characters, by the length of a
 * statement's name.
 */
function withInlinePoliciesOf(size: number, differences: Partial<Role> = {}, others = 0): Role {
  const withoutSid = JSON.stringify({ Version: "2012-10-17", Statement: [aStatement("")] }).length;
  return aRole({ ...differences, statements: [aStatement("s".repeat(size - withoutSid - others))] });
}

describe("the trust policy's size", () => {
  test("2,048 characters fit", () => {
    expect(checkTrustPolicySize(withTrustPolicyOf(TRUST_QUOTA))).toBeUndefined();
  });

  test("2,049 do not: the problem names the role, the size and the quota", () => {
    expect(checkTrustPolicySize(withTrustPolicyOf(TRUST_QUOTA + 1))).toEqual({
      code: "trust-policy-too-long",
      found: "2049 characters",
      allowed: expect.stringContaining("2048"),
      message: expect.stringContaining('"website-deploy"'),
      fix: expect.stringMatching(/./),
    });
  });

  test("six people on six patterns exceed it, everyone on the same patterns does not", () => {
    const listed = refs({ branches: ["a*", "b*", "c*", "d*", "e*", "f*"] });
    const people = only(
      ...["a", "b", "c", "d", "e", "f"].map((name) => ({
        ...alice,
        name,
        id: `${name}${alice.id.slice(1)}`,
      })),
    );
    expect(checkTrustPolicySize(aRole({ grant: aGrant({ people, refs: listed }) }))?.code).toBe(
      "trust-policy-too-long",
    );
    expect(
      checkTrustPolicySize(aRole({ grant: aGrant({ people: everyone, refs: listed }) })),
    ).toBeUndefined();
  });
});

describe("the inline policies' size", () => {
  test("10,240 characters fit", () => {
    expect(checkInlinePoliciesSize(withInlinePoliciesOf(INLINE_QUOTA))).toBeUndefined();
  });

  test("10,241 do not: the problem names the role, the size and the quota", () => {
    expect(checkInlinePoliciesSize(withInlinePoliciesOf(INLINE_QUOTA + 1))).toEqual({
      code: "inline-policies-too-long",
      found: "10241 characters",
      allowed: expect.stringContaining("10240"),
      message: expect.stringContaining('"website-deploy"'),
      fix: expect.stringMatching(/./),
    });
  });

  test("the permissions for the bucket count too", () => {
    const bucket = aBucket();
    const ofBucket = JSON.stringify({
      Version: "2012-10-17",
      Statement: [LIST_BUCKET, USE_OBJECTS],
    }).length;
    expect(checkInlinePoliciesSize(withInlinePoliciesOf(INLINE_QUOTA, { bucket }, ofBucket))).toBeUndefined();
    expect(checkInlinePoliciesSize(withInlinePoliciesOf(INLINE_QUOTA + 1, { bucket }, ofBucket))?.found).toBe(
      "10241 characters",
    );
  });

  test("a role without inline policies fits", () => {
    expect(checkInlinePoliciesSize(aRole())).toBeUndefined();
  });
});
