import fc from "fast-check";
import { acceptsTokensWithoutOrigin } from "../../../../lib/config/model/grants";
import type { Grant, GrantedRefs } from "../../../../lib/config/model/model";
import { findForeignCode } from "../../../../lib/iam/audit/rules/foreign-code";
import { providerArn } from "../../../../lib/iam/language/arns";
import { printPolicy } from "../../../../lib/iam/language/document";
import type { Policy } from "../../../../lib/iam/language/policy";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import { compare } from "../../../../lib/iam/prove/tokens/compare";
import { writeTrustPolicy } from "../../../../lib/iam/write/trust/trust-policy";
import { parseSubject } from "../../../../lib/token/parse-subject";
import { anAccount, anyRef, anyRefOrNone, organization } from "../../../fixtures/access";
import { anyGrant } from "../../arbitraries";
import { cases } from "../../automata/cases";

const PROVIDER = providerArn(anAccount(), { organization: organization.id });

function written(grant: Grant): Policy {
  return parsePolicy(printPolicy(writeTrustPolicy(grant, PROVIDER, 8_192)));
}

test("law: no policy allows another repository, and only tokensWithoutOrigin allows tokens that name none", () => {
  fc.assert(
    fc.property(anyGrant, (grant) => {
      const { named, unnamed } = findForeignCode(written(grant), PROVIDER, organization.id);
      expect(named.result).toBe("none");
      expect(unnamed.result).toBe(acceptsTokensWithoutOrigin(grant) ? "found" : "none");
    }),
    cases(40, 5_000),
  );
});

test("law: tokensWithoutOrigin adds the tokens that name no repository, and no others", () => {
  fc.assert(
    fc.property(anyGrant, (grant) => {
      const withRefs = (refs: GrantedRefs): Policy => written({ ...grant, refs });
      const { relation, gained, lost } = compare(withRefs(anyRef), withRefs(anyRefOrNone), {
        providers: [PROVIDER],
      });
      expect([relation, lost]).toEqual(["broader", undefined]);
      const subject = parseSubject(gained?.claims.sub ?? "");
      expect(subject).toMatchObject({ kind: "job" });
      expect(subject).not.toHaveProperty("source");
    }),
    cases(40, 5_000),
  );
});
