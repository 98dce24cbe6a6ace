import fc from "fast-check";
import { providerArn } from "../../../lib/iam/language/arns";
import { oneOrMany, type PolicyDocument, policySize, printPolicy } from "../../../lib/iam/language/document";
import { writeTrustPolicy } from "../../../lib/iam/write/trust/trust-policy";
import { aGrant, anAccount, organization, refs } from "../../fixtures/access";
import { anyGrant } from "../arbitraries";

const PROVIDER = providerArn(anAccount(), { organization: organization.id });

/**
 * IAM API Reference, `policyDocumentType`: no other character comes through (tab and line ends,
 * which we do not print, apart).
 */
const TAKEN_BY_IAM = /^[\u0020-\u00FF]+$/;

function onBranch(name: string): PolicyDocument {
  return writeTrustPolicy(aGrant({ refs: refs({ branches: [name] }) }), PROVIDER, 2_048);
}

describe("printPolicy", () => {
  test("prints compact JSON", () => {
    expect(
      printPolicy({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*" }] }),
    ).toBe('{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*"}]}');
  });

  test("writes characters that IAM rejects as JSON escapes", () => {
    const printed = printPolicy(onBranch("größe/中文-🚀"));
    expect(printed).toContain('/refs/heads/größe/\\u4e2d\\u6587-\\ud83d\\ude80"');
  });

  test("escapes from the first character after Latin-1", () => {
    expect(printPolicy(onBranch("\u00ff\u0100"))).toContain('/refs/heads/ÿ\\u0100"');
  });

  test("prints only characters that IAM accepts, with the same meaning", () => {
    fc.assert(
      fc.property(anyGrant, (grant) => {
        const policy = writeTrustPolicy(grant, PROVIDER, 2_048);
        expect(printPolicy(policy)).toMatch(TAKEN_BY_IAM);
        expect(JSON.parse(printPolicy(policy))).toEqual(policy);
      }),
    );
  });
});

describe("policySize", () => {
  test("counts the characters that are sent", () => {
    const base = policySize(onBranch("m"));
    expect(base).toBe(JSON.stringify(onBranch("m")).length);
    expect(policySize(onBranch("mm"))).toBe(base + 1);
    expect(policySize(onBranch("mö"))).toBe(base + 1);
    expect(policySize(onBranch("m中"))).toBe(base + "\\u4e2d".length);
  });

  test("counts white space in strings; there is no other", () => {
    const size = (description: string): number =>
      policySize({ Version: "2012-10-17", Statement: [{ Sid: description, Effect: "Allow" }] });
    expect(size("a b") - size("ab")).toBe(1);
  });
});

test.each([
  [["one"], "one"],
  [
    ["one", "two"],
    ["one", "two"],
  ],
])("oneOrMany(%j) is %j", (values, expected) => {
  expect(oneOrMany(values)).toEqual(expected);
});
