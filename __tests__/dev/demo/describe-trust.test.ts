import { describeTrust } from "../../../dev/demo/account/describe-trust";
import { describeAccount } from "../../../dev/demo/account/tables";
import type { Grant, GrantedPeople, Person } from "../../../lib/config/model/model";
import { providerArn } from "../../../lib/iam/language/arns";
import { printPolicy } from "../../../lib/iam/language/document";
import { trustForms } from "../../../lib/iam/write/trust/trust-forms";
import { aGrant, anyRef, anyRefOrNone, everyone, refs } from "../../fixtures/access";
import { ALICE_ON_MAIN, access, live, trust } from "./live";

const ORGANIZATION = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const PROJECT = "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03";
const [account] = access.accounts;
if (account === undefined) throw new Error("no account");

const read = (policy: string) => describeTrust(policy, account, access);
const NINE: readonly Person[] = Array.from({ length: 9 }, (_, index) => ({
  name: `person-${index}`,
  id: `0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a${10 + index}`,
}));
const nine: GrantedPeople = { kind: "listed", members: NINE };
/** Every form that a grant can be written in. */
const formsOf = (grant: Grant): readonly string[] =>
  trustForms(grant).map(({ conditions: Condition }) => {
    const Principal = { Federated: providerArn(account, grant) };
    const Action = "sts:AssumeRoleWithWebIdentity";
    return printPolicy({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal, Action, Condition }],
    });
  });

describe("the people and refs of every form of a trust policy", () => {
  test("nine people on main are listed as nine people", () => {
    const forms = formsOf(aGrant({ people: nine, refs: refs({ branches: ["main"] }) }));
    expect(forms.length).toBeGreaterThan(1);
    const known = { ...access, people: [...access.people, ...NINE] };
    for (const policy of forms)
      expect(describeTrust(policy, account, known)).toEqual({
        who: NINE.map(({ name }) => name),
        from: ["main", "of github.com/acme/website"],
      });
  });

  test("everyone, branches and tags", () => {
    const grant = aGrant({ people: everyone, refs: refs({ branches: ["main", "release/*"], tags: ["v*"] }) });
    for (const policy of formsOf(grant))
      expect(read(policy)).toEqual({
        who: ["everyone who can start a pipeline of website"],
        from: ["main", "release/*", "tag v*", "of github.com/acme/website"],
      });
  });

  test.each([
    [anyRef, ["any ref", "of github.com/acme/website"]],
    [anyRefOrNone, ["any ref", "of github.com/acme/website", "or a token that names no repository"]],
  ])("any ref: %j", (granted, from) => {
    for (const policy of formsOf(aGrant({ people: everyone, refs: granted })))
      expect(read(policy)).toEqual({ who: ["everyone who can start a pipeline of website"], from });
  });
});

/** Wildcards count. */
const like = (subject: string): string =>
  trust(subject).replace(
    `,"oidc.circleci.com/org/${ORGANIZATION}:sub"`,
    `},"StringLike":{"oidc.circleci.com/org/${ORGANIZATION}:sub"`,
  );

test.each([
  ["a subject with a star for the user", like(ALICE_ON_MAIN.replace(/user\/[^/]+/, "user/*"))],
  ["a subject with a star for the origin", like(ALICE_ON_MAIN.replace("acme/website", "acme/*"))],
  ["another organization's subject", trust(ALICE_ON_MAIN.replace(ORGANIZATION, PROJECT))],
  ["no subject", trust(undefined)],
  ["two statements", JSON.stringify({ Statement: [{}, {}] })],
  ["no statement", "{}"],
])("a policy that equals no grant is not described: %s", (_, policy) => {
  expect(read(policy)).toEqual({ who: [expect.stringMatching(/^UNDETERMINED: hand-written, /)], from: [] });
});

test("the tables name people instead of IDs, and show unsafe results in capitals", () => {
  const text = describeAccount(access, live);
  expect(text).toMatch(/website-deploy +│ alice +│ main +│\n│ +│ +│ of github\.com\/acme\/website/);
  expect(text).not.toContain("NOT");
  const open = live.buckets.map((one) => ({
    ...one,
    publicAccessBlocked: false,
    versioned: false,
    policy: "{}",
  }));
  expect(describeAccount(access, { ...live, buckets: open })).toMatch(/NOT BLOCKED.*NOT KEPT.*NOT DENIED/);
  const elsewhere = live.roles.map((one) => ({
    ...one,
    arn: one.arn.replace("123456789012", "999999999999"),
  }));
  expect(describeAccount(access, { ...live, roles: elsewhere })).toMatch(/UNDETERMINED: its account/);
});
