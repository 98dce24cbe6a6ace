import type { Subject } from "../../../lib/iam/audit/core/context";
import { finding } from "../../../lib/iam/audit/core/finding";
import { knownAnswer, withUndetermined } from "../../../lib/iam/audit/rules/undetermined";
import { parsePolicy } from "../../../lib/iam/language/read-policy";

const arn = "arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com";
const subject: Subject = {
  policy: parsePolicy('{"Statement":{"Effect":"Deny","Principal":"*","Action":"*"}}'),
  provider: { arn, issuer: "https://oidc.circleci.com", host: "oidc.circleci.com", circleci: "shared" },
  allows: [],
  context: {},
};

test("a rule whose proof has no result is reported as undetermined, never omitted", () => {
  const rule = withUndetermined(() => {
    knownAnswer({ result: "unknown", reason: "it takes more work than an audit gives it" });
    return [];
  });
  expect(rule(subject)).toMatchObject([
    { id: "policy-not-decided", message: expect.stringContaining("more work than an audit gives it") },
  ]);
});

test("a rule whose proofs succeed reports its finding", () => {
  const found = finding("audience-missing", "", "x");
  const rule = withUndetermined(() => (knownAnswer({ result: "none" }).result === "none" ? [found] : []));
  expect(rule(subject)).toEqual([found]);
});

test("another error is not a finding", () => {
  const rule = withUndetermined(() => {
    throw new TypeError("a fault of ours");
  });
  expect(() => rule(subject)).toThrow(TypeError);
});
