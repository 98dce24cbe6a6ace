import fc from "fast-check";
import type { Grant } from "../../../../lib/config/model/model";
import { providerArn } from "../../../../lib/iam/language/arns";
import { printPolicy } from "../../../../lib/iam/language/document";
import { writeTrustPolicy } from "../../../../lib/iam/write/trust/trust-policy";
import { anAccount, organization } from "../../../fixtures/access";
import { anyGrant } from "../../arbitraries";
import { cases } from "../../automata/cases";
import { proveConfirmed } from "./confirm";
import type { PolicyJson } from "./reference";

const PROVIDER = providerArn(anAccount(), { organization: organization.id });

/** What AWS is sent. */
function written(grant: Grant): PolicyJson {
  return JSON.parse(printPolicy(writeTrustPolicy(grant, PROVIDER, 2048)));
}

test("every generated policy is proven, also with hostile names", () => {
  fc.assert(
    fc.property(anyGrant, (grant) => {
      expect(proveConfirmed(written(grant), grant, PROVIDER)).toEqual({ result: "equal" });
    }),
    cases(100, 100_000),
  );
});

test("the policy of another grant is not, and independent implementations confirm each counterexample", () => {
  const seen = { equal: 0, wronglyAllowed: 0, wronglyDenied: 0 };
  fc.assert(
    fc.property(anyGrant, anyGrant, (grant, other) => {
      const proof = proveConfirmed(written(other), grant, PROVIDER);
      expect(proof.result).not.toBe("unknown");
      if (proof.result === "equal") seen.equal += 1;
      if (proof.result === "differs" && proof.wronglyAllowed !== undefined) seen.wronglyAllowed += 1;
      if (proof.result === "differs" && proof.wronglyDenied !== undefined) seen.wronglyDenied += 1;
    }),
    cases(100, 20_000),
  );
  expect(seen.wronglyAllowed).toBeGreaterThan(15);
  expect(seen.wronglyDenied).toBeGreaterThan(15);
});
