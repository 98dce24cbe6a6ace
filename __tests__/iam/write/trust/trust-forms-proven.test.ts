import fc from "fast-check";
import type { Grant } from "../../../../lib/config/model/model";
import { providerArn } from "../../../../lib/iam/language/arns";
import { type PolicyStatement, printPolicy } from "../../../../lib/iam/language/document";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import { proveTrustPolicy } from "../../../../lib/iam/prove/tokens/prove-trust-policy";
import { SOME_USER } from "../../../../lib/iam/prove/tokens/subjects";
import { trustForms } from "../../../../lib/iam/write/trust/trust-forms";
import { aGrant, alice, anAccount, bob, everyone, only, organization, refs } from "../../../fixtures/access";
import { anyGrant, exactGrant } from "../../arbitraries";
import { cases } from "../../automata/cases";
import { isMeant, tokenWith, v2 } from "../../meaning";

const PROVIDER = providerArn(anAccount(), { organization: organization.id });
const HOST = `oidc.circleci.com/org/${organization.id}`;
const ANYONE = "????????-????-????-????-????????????";

/** As it is sent to AWS and read back. */
function prove(conditions: NonNullable<PolicyStatement["Condition"]>, grant: Grant) {
  const Principal = { Federated: PROVIDER };
  const Action = "sts:AssumeRoleWithWebIdentity";
  const sent = printPolicy({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action, Condition: conditions }],
  });
  return proveTrustPolicy(parsePolicy(sent), grant, PROVIDER);
}

/** Conditions on the subject beside the right audience. */
function subject(operators: Readonly<Record<string, string | readonly string[]>>) {
  const asked: Record<string, Record<string, string | readonly string[]>> = {
    StringEquals: { [`${HOST}:aud`]: organization.audience },
  };
  for (const [operator, values] of Object.entries(operators)) {
    asked[operator] = { ...asked[operator], [`${HOST}:sub`]: values };
  }
  return asked;
}

test("every form of every grant is proven equal to the grant, over all tokens", () => {
  fc.assert(
    fc.property(fc.oneof(anyGrant, exactGrant), (grant) => {
      for (const { name, conditions } of trustForms(grant)) {
        expect({ name, proof: prove(conditions, grant) }).toEqual({ name, proof: { result: "equal" } });
      }
    }),
    cases(25, 1_500),
  );
});

const main = aGrant();
const release = aGrant({ people: only(alice, bob), refs: refs({ branches: ["release/*"] }) });
const pinned = v2({ user: ANYONE, ref: "refs/heads/*" });

describe("a policy that differs from the grant is found, with a counterexample", () => {
  test.each<[string, Grant, Record<string, string | readonly string[]>]>([
    ["the user as a star, as CircleCI documents it", main, { StringLike: v2({ user: "*" }) }],
    ["the origin as a star", main, { StringLike: v2({ origin: "*" }) }],
    [
      "floating people and a pattern",
      release,
      {
        StringLike: v2({ user: ANYONE, ref: "refs/heads/release/*" }),
        StringLikeIfExists: [`*${alice.id}*`, `*${bob.id}*`],
      },
    ],
    [
      "floating ends without the last operator",
      main,
      {
        StringLike: pinned,
        StringLikeIfExists: `*${alice.id}*`,
        "ForAnyValue:StringLike": "*/heads/main",
      },
    ],
    ["one more branch", main, { StringEquals: [v2(), v2({ ref: "refs/heads/mains" })] }],
    ["one more person", main, { StringEquals: [v2(), v2({ user: bob.id })] }],
  ])("%s allows a token that the grant does not", (_, grant, operators) => {
    const proof = prove(subject(operators), grant);
    const sub = proof.result === "differs" ? proof.wronglyAllowed?.claims.sub : undefined;
    expect(typeof sub).toBe("string");
    expect(isMeant(grant, tokenWith(String(sub)))).toBe(false);
  });

  test("CircleCI's documented pin on main is bypassed by a branch name that git accepts", () => {
    const everyoneOnMain = aGrant({ people: everyone });
    const proof = prove(
      subject({ StringLike: v2({ user: "*", origin: "github.com/acme/*" }) }),
      everyoneOnMain,
    );
    const sub = proof.result === "differs" ? proof.wronglyAllowed?.claims.sub : undefined;
    expect(sub).toBe(v2({ user: SOME_USER, ref: "refs/heads/vcs-ref/refs/heads/main" }));
  });

  test.each<[string, Record<string, string | readonly string[]>]>([
    ["another person", { StringEquals: v2({ user: bob.id }) }],
    ["another branch", { StringEquals: v2({ ref: "refs/heads/Main" }) }],
  ])("%s denies alice's token", (_, operators) => {
    const proof = prove(subject(operators), main);
    expect(proof.result === "differs" ? proof.wronglyDenied?.claims.sub : undefined).toBe(v2());
  });

  test("a policy without an audience condition allows tokens issued for another audience", () => {
    const proof = prove({ StringEquals: { [`${HOST}:sub`]: v2() } }, main);
    expect(proof).toMatchObject({ result: "differs", wronglyAllowed: { claims: { sub: v2() } } });
    expect(proof).not.toHaveProperty("wronglyAllowed.claims.aud", organization.audience);
  });
});
