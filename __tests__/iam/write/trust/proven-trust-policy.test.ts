import type { GrantedRefs, Role } from "../../../../lib/config/model/model";
import type { ProjectError } from "../../../../lib/errors";
import { printPolicy } from "../../../../lib/iam/language/document";
import { checkTrustPolicy, provenTrustPolicy } from "../../../../lib/iam/write/trust/proven-trust-policy";
import { trustPolicyOf } from "../../../../lib/iam/write/trust/trust-policy";
import {
  aGrant,
  alice,
  anyRef,
  anyRefOrNone,
  aRole,
  everyone,
  organization,
  PROJECT_ID,
  REPOSITORY,
  refs,
} from "../../../fixtures/access";
import { errorOf } from "../../../fixtures/project-error";

const role = aRole();
const text = printPolicy(trustPolicyOf(role));

/** The policy that was written, with one thing changed in its text. */
function withChange(from: string, to: string): ProjectError {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`there is no ${from} in ${text}`);
  return errorOf(() => checkTrustPolicy(role, changed));
}

test("the trust policy of a role is the text that was proven", () => {
  expect(provenTrustPolicy(role)).toBe(text);
  expect(() => checkTrustPolicy(role, text)).not.toThrow();
});

describe("a policy that differs from the grant is rejected, with a counterexample", () => {
  test("one that allows another branch: the branch", () => {
    const error = withChange("refs/heads/main", "refs/heads/maim");
    expect(error.code).toBe("trust-policy-not-exact");
    expect(error.message).toContain("allows a token that it should deny");
    expect(error.message).toContain("/vcs-ref/refs/heads/maim");
    expect(error.message).toContain("denies a token that it should allow");
    expect(error.message).toContain("/vcs-ref/refs/heads/main");
    expect(error.exitCode).toBe(1);
  });

  test("one that allows every branch: an unlisted branch of the same repository", () => {
    const open = printPolicy(trustPolicyOf(aRole({ grant: aGrant({ refs: refs({ branches: ["*"] }) }) })));
    const error = errorOf(() => checkTrustPolicy(role, open));
    expect(error.message).toContain(
      `org/${organization.id}/project/${PROJECT_ID}/user/${alice.id}/vcs-origin/${REPOSITORY}/vcs-ref/refs/heads/`,
    );
    expect(error.message).not.toContain("locks out");
  });

  test("one that denies every token", () => {
    const error = withChange('"Allow"', '"Deny"');
    expect(error.message).toContain("denies a token that it should allow");
    expect(error.message).not.toContain("should not");
  });

  test("one that allows other principals", () => {
    const [statement] = trustPolicyOf(role).Statement;
    if (statement === undefined) throw new Error("no statement");
    const account = {
      Effect: "Allow",
      Principal: { AWS: "123456789012" },
      Action: "sts:AssumeRole",
    } as const;
    const both = printPolicy({ Version: "2012-10-17", Statement: [statement, account] });
    const error = errorOf(() => checkTrustPolicy(role, both));
    expect(error.message).toContain("principals other than CircleCI (Statement[1])");
  });
});

test("a policy whose proof is undetermined is rejected too", () => {
  const error = withChange("/user/", "/user/${aws:userid}");
  expect(error.code).toBe("trust-policy-not-proven");
  expect(error.message).toContain("aws:userid");
});

test("a role that changes while its policy is generated is rejected", () => {
  // It is asked whether there is one, and then which.
  const grants = [aGrant(), aGrant()];
  const changing: Role = {
    ...role,
    get grant() {
      return grants.shift() ?? aGrant({ refs: refs({ branches: ["release"] }) });
    },
  };
  expect(errorOf(() => provenTrustPolicy(changing)).code).toBe("trust-policy-not-exact");
});

describe("an existing trust policy that is kept", () => {
  const file = "adopted/trust.json";
  const reworded = JSON.stringify(JSON.parse(text), null, 2).replace(
    '"Effect"',
    '"Sid": "CircleCi",\n      "Effect"',
  );

  test("is used unchanged once it is proven equivalent", () => {
    expect(reworded).toContain("Sid");
    expect(provenTrustPolicy({ ...role, trust: { file, text: reworded } })).toBe(reworded);
  });

  test("that allows one more branch is an error with the file's name", () => {
    const other = reworded.replace("refs/heads/main", "refs/heads/maim");
    const error = errorOf(() => provenTrustPolicy({ ...role, trust: { file, text: other } }));
    expect(error).toMatchObject({ code: "trust-file-not-exact", exitCode: 2 });
    expect(error.message).toContain(file);
  });

  test("that allows tokens without an origin requires tokensWithoutOrigin", () => {
    const of = (granted: GrantedRefs): Role => aRole({ grant: aGrant({ people: everyone, refs: granted }) });
    const wording = (granted: GrantedRefs) => ({ file, text: printPolicy(trustPolicyOf(of(granted))) });
    const open = wording(anyRefOrNone);
    const error = errorOf(() => provenTrustPolicy({ ...of(anyRef), trust: open }));
    expect(error).toMatchObject({ code: "trust-file-not-exact", exitCode: 2 });
    expect(error.fix).toContain("add `tokensWithoutOrigin: true` to allow it");
    expect(provenTrustPolicy({ ...of(anyRefOrNone), trust: open })).toBe(open.text);
    const narrow = errorOf(() => provenTrustPolicy({ ...of(anyRefOrNone), trust: wording(anyRef) }));
    expect(narrow.message).toContain("denies a token that it should allow");
    expect(narrow.fix).not.toContain("tokensWithoutOrigin");
  });

  test("without people and refs is hand-written: nothing is proven", () => {
    const { grant: _, terraform: __, ...body } = role;
    expect(provenTrustPolicy({ ...body, trust: { file, text: "anything" } })).toBe("anything");
  });
});
