import fc from "fast-check";
import { providerArn } from "../../../../lib/iam/language/arns";
import { type PolicyDocument, printPolicy } from "../../../../lib/iam/language/document";
import { policyLiteral } from "../../../../lib/iam/language/pattern";
import { writeTrustPolicy } from "../../../../lib/iam/write/trust/trust-policy";
import { anAccount, organization } from "../../../fixtures/access";
import { anyGrant, refName, tokensNear } from "../../arbitraries";
import { cases } from "../../automata/cases";
import { isMeant } from "../../meaning";
import { allowedTokens, matches } from "../../reference-matcher";

const PROVIDER = providerArn(anAccount(), { organization: organization.id });

describe("for every grant", () => {
  test("the policy allows exactly the granted tokens", () => {
    const seen = { in: 0, out: 0 };
    fc.assert(
      fc.property(
        anyGrant.chain((grant) =>
          fc.tuple(fc.constant(grant), fc.array(tokensNear(grant), { minLength: 10, maxLength: 10 })),
        ),
        ([grant, tokens]) => {
          const policy: PolicyDocument = JSON.parse(printPolicy(writeTrustPolicy(grant, PROVIDER, 2_048)));
          for (const token of tokens) {
            const meant = isMeant(grant, token);
            seen[meant ? "in" : "out"] += 1;
            expect({ token, allowed: allowedTokens(policy, PROVIDER, token) }).toEqual({
              token,
              allowed: meant,
            });
          }
        },
      ),
      cases(150, 10_000),
    );
    // A property that only ever sees one side proves nothing.
    expect(seen.in).toBeGreaterThan(100);
    expect(seen.out).toBeGreaterThan(100);
  });
});

describe("policyLiteral", () => {
  test("matches its own text under both operators, and no other", () => {
    fc.assert(
      fc.property(
        refName,
        refName,
        fc.constantFrom("StringEquals", "StringLike"),
        (text, other, operator) => {
          expect(matches(operator, policyLiteral(text), text)).toBe(true);
          expect(matches(operator, policyLiteral(text), other)).toBe(other === text);
        },
      ),
      cases(400, 20_000),
    );
  });

  test("leaves ordinary text unchanged", () => {
    expect(policyLiteral("release/1.0-$5_{x}")).toBe("release/1.0-$5_{x}");
  });
});
