import fc from "fast-check";
import { terraformLiteral } from "../../constructs/terraform-literal";
import { addressPart } from "../../lib/adopt/imports/address-part";

/** Terraform's own reading is asked in __tests__/e2e/validate.test.ts. */
describe("terraformLiteral", () => {
  test.each([
    ["plain text, $5, 100% and {braces}", "plain text, $5, 100% and {braces}"],
    ["${aws:username}", "$${aws:username}"],
    ["%{if true}", "%%{if true}"],
    ["$${x}", "$$${x}"],
    ["%${x}", "%$${x}"],
    ["${${$}{x}}", "$${$${$}{x}}"],
    ["", ""],
  ])("%j becomes %j", (text, literal) => {
    expect(terraformLiteral(text)).toBe(literal);
  });

  test("leaves no template, and removes nothing", () => {
    const text = fc
      .array(fc.constantFrom("$", "%", "{", "}", "a"), { maxLength: 12 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(text, (original) => {
        const literal = terraformLiteral(original);
        expect(literal.replace(/\$\$\{|%%\{/g, " ")).not.toMatch(/[$%]\{/);
        expect(literal.replace(/([$%])\1(?=\{)/g, "$1")).toBe(original);
      }),
    );
  });

  test.each(["${TfToken[TOKEN.1]}", "#{TfToken[TOKEN.1]}", "&{TfToken[TOKEN.1]}", "a{TfToken["])(
    "rejects %j, which cdktf would replace",
    (text) => {
      expect(() => terraformLiteral(text)).toThrow(
        expect.objectContaining({ code: "cdktf-token-in-text", found: text, exitCode: 2 }),
      );
    },
  );

  test("accepts text that only resembles it", () => {
    expect(terraformLiteral("TfToken[TOKEN.1]")).toBe("TfToken[TOKEN.1]");
  });
});

describe("addressPart", () => {
  test("is the policy's name and a digest of its ARN", () => {
    expect(addressPart("arn:aws:iam::aws:policy/ReadOnlyAccess")).toBe("ReadOnlyAccess_2a3bda39");
  });

  test("distinguishes policies of the same name", () => {
    const [mine, theirs] = ["policy/web/Deploy", "policy/api/Deploy"].map((name) =>
      addressPart(`arn:aws:iam::123456789012:${name}`),
    );
    expect(mine).toMatch(/^Deploy_[0-9a-f]{8}$/);
    expect(mine).not.toBe(theirs);
  });

  test("is a valid address for every name that IAM accepts", () => {
    expect(addressPart("arn:aws:iam::123456789012:policy/a+b=c,d.e@f_g-h")).toMatch(
      /^a-b-c-d-e-f_g-h_[0-9a-f]{8}$/,
    );
  });
});
