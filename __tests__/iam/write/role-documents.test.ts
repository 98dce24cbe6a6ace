import type { Role } from "../../../lib/config/model/model";
import { checkRoleDocuments } from "../../../lib/iam/write/role-documents";
import { aBucket, aRole } from "../../fixtures/access";

const TRUST = `{"Statement":{"Effect":"Allow","Principal":{"Federated":"x"},"Action":"sts:AssumeRoleWithWebIdentity"}}`;
const INLINE = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}`;

function found(role: Partial<Role>): string | undefined {
  return checkRoleDocuments(aRole(role))?.code;
}

const inline = (name: string, text: string) => ({ inlinePolicies: [{ name, file: "a.json", text }] });

test.each([
  ["a trust policy as the trust policy", { trust: { file: "t.json", text: TRUST } }, undefined],
  [
    "an identity policy as the trust policy",
    { trust: { file: "t.json", text: INLINE } },
    "document-of-another-kind",
  ],
  ["invalid JSON", { trust: { file: "t.json", text: "{" } }, "document-not-read"],
  ["an unknown element", { trust: { file: "t.json", text: `{"Statements":[]}` } }, "document-not-read"],
  ["an identity policy as an inline policy", inline("logs", INLINE), undefined],
  ["a trust policy as an inline policy", inline("logs", TRUST), "document-of-another-kind"],
  [
    "a name that a generated policy has",
    { ...inline("bucket", INLINE), bucket: aBucket() },
    "inline-policy-name-taken",
  ],
  ["that name, without a generated policy", inline("bucket", INLINE), undefined],
])("%s", (_, role, code) => {
  expect(found(role)).toBe(code);
});
