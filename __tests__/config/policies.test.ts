import { conditionOperators } from "../../lib/config/rules/statement";
import { acceptedRole, located, problemsOf, refusals, roleWith, twoAccounts } from "./sample";

const own = "arn:aws:iam::123456789012:policy/team/deploy";
const aws = "arn:aws:iam::aws:policy/ReadOnlyAccess";

describe("managed policies and the permissions boundary", () => {
  test("AWS managed policies and the account's, sorted", () => {
    expect(acceptedRole(roleWith(`policies: ["${aws}", "${own}"]`)).policies).toEqual([own, aws]);
    expect(acceptedRole(roleWith(`permissionsBoundary: "${own}"`)).permissionsBoundary).toBe(own);
  });

  test("of another account", () => {
    const foreign = own.replace("123456789012", "210987654321");
    expect(refusals(roleWith(`policies: ["${foreign}"]`))).toEqual([`wrong-account ${foreign}`]);
    expect(refusals(roleWith(`permissionsBoundary: "${foreign}"`))).toEqual([`wrong-account ${foreign}`]);
  });

  test("of another partition; the role's account determines it", () => {
    const china = aws.replace("arn:aws:", "arn:aws-cn:");
    expect(refusals(roleWith(`policies: ["${china}"]`))).toEqual([`wrong-partition ${china}`]);
    expect(problemsOf(roleWith(`policies: ["${china}"]`))[0]?.fix).toBe(`write ${aws}`);
    expect(refusals(roleWith(`account: other, policies: ["${china}"]`, { accounts: twoAccounts }))).toEqual(
      [],
    );
    expect(
      refusals(roleWith(`account: other, permissionsBoundary: "${aws}"`, { accounts: twoAccounts })),
    ).toEqual([`wrong-partition ${aws}`]);
  });

  test.each([
    "ReadOnlyAccess",
    "arn:aws:iam::123456789012:role/x",
    "arn:aws:s3:::x",
    "arn:aws:iam::12345678901:policy/x",
    "arn:aws:iam::aws:policy/",
    "arn:aws:iam:us-east-1:123456789012:policy/x",
    "arn:aws:iam::*:policy/x",
    "arn:aws:iam::123456789012:policy/*",
    "",
    `${own} `,
  ])("%j is not a managed policy", (arn) => {
    expect(refusals(roleWith(`policies: ["${arn}"]`))).toEqual([`malformed-arn ${arn}`]);
    expect(refusals(roleWith(`permissionsBoundary: "${arn}"`))).toEqual([`malformed-arn ${arn}`]);
  });

  test("at most 10, without duplicates", () => {
    const policies = (count: number): string =>
      roleWith(`policies: [${Array.from({ length: count }, (_, i) => `"${own}${i}"`).join(", ")}]`);
    expect(refusals(policies(10))).toEqual([]);
    expect(located(policies(11))).toEqual(["10:52 too-many-policies 11 policies"]);
    expect(refusals(roleWith(`policies: ["${own}", "${own}"]`))).toEqual([`listed-twice ${own}`]);
  });
});

const statement = (text: string): string => roleWith(`statements: [{ ${text} }]`);
const rest = "Effect: Allow, Action: s3:GetObject, Resource: '*'";

describe("statements", () => {
  test("in IAM's form, in the file's order, with keys in a fixed order", () => {
    const text = roleWith(
      `statements: [{ Resource: ["arn:aws:s3:::b/*", "arn:aws:s3:::b"], Effect: Allow, Sid: One, Action: ["s3:Get*"],
        Condition: { StringLike: { "s3:prefix": ["b", "a"] }, Bool: { "aws:SecureTransport": "true" } } },
        { Effect: Deny, NotAction: "*", NotResource: "arn:aws:s3:::\${aws:username}/*" }]`,
    );
    const { statements } = acceptedRole(text);
    expect(JSON.stringify(statements)).toBe(
      JSON.stringify([
        {
          Sid: "One",
          Effect: "Allow",
          Action: ["s3:Get*"],
          Resource: ["arn:aws:s3:::b/*", "arn:aws:s3:::b"],
          Condition: { Bool: { "aws:SecureTransport": "true" }, StringLike: { "s3:prefix": ["b", "a"] } },
        },
        { Effect: "Deny", NotAction: "*", NotResource: "arn:aws:s3:::${aws:username}/*" },
      ]),
    );
  });

  test("full access is allowed", () => {
    expect(refusals(statement("Effect: Allow, Action: '*', Resource: '*'"))).toEqual([]);
  });

  test("Effect", () => {
    expect(refusals(statement(rest.replace("Allow", "allow")))).toEqual(["wrong-value allow"]);
    expect(refusals(statement("Action: s3:GetObject, Resource: '*'"))).toEqual(["missing-key Effect"]);
  });

  test("exactly one of Action and NotAction, of Resource and NotResource", () => {
    expect(refusals(statement("Effect: Allow"))).toEqual([
      "action-missing Action",
      "resource-missing Resource",
    ]);
    expect(refusals(statement(`${rest}, NotAction: s3:*, NotResource: '*'`))).toEqual([
      "action-and-not-action NotAction",
      "resource-and-not-resource NotResource",
    ]);
  });

  test("elements in lower case are reported once each, with the right name", () => {
    const problems = problemsOf(statement("effect: Allow, action: s3:GetObject, notResource: '*'"));
    expect(problems.map(({ code, found, message, fix }) => [code, found, message, fix])).toEqual(
      ["effect", "action", "notResource"].map((key) => [
        "unknown-key",
        key,
        expect.stringContaining("keys are case-sensitive in access.yaml"),
        `write \`${key.charAt(0).toUpperCase()}${key.slice(1)}:\``,
      ]),
    );
  });

  test("actions", () => {
    for (const good of ["s3:*", "s3:Get?bject", "iam:PassRole", "execute-api:Invoke", "*"]) {
      expect(refusals(statement(`Effect: Allow, Action: "${good}", Resource: "*"`))).toEqual([]);
    }
    for (const bad of ["", "s3", "s3:", ":Get", "s3:Get Object", "*:*", "s3*:Get", "s3:a:b"]) {
      expect(refusals(statement(`Effect: Allow, Action: "${bad}", Resource: "*"`))).toEqual([
        `malformed-action ${bad}`,
      ]);
      expect(refusals(statement(`Effect: Allow, NotAction: ["${bad}"], Resource: "*"`))).toEqual([
        `malformed-action ${bad}`,
      ]);
    }
    expect(refusals(statement("Effect: Allow, Action: [], Resource: '*'"))).toEqual(["empty-list []"]);
    expect(refusals(statement("Effect: Allow, Action: [s3:a, s3:a], Resource: '*'"))).toEqual([
      "listed-twice s3:a",
    ]);
  });

  test("resources", () => {
    for (const good of ["arn:aws:s3:::b", "arn:*:s3:::b/*", "arn:aws:s3:::b/a key", "*"]) {
      expect(refusals(statement(`Effect: Allow, Action: "*", Resource: "${good}"`))).toEqual([]);
    }
    for (const bad of ["", "b", "s3:::b", "arn:aws:s3", "arn:aws:s3:::", "**"]) {
      expect(refusals(statement(`Effect: Allow, Action: "*", Resource: ["${bad}"]`))).toEqual([
        `malformed-arn ${bad}`,
      ]);
    }
    const china = "arn:aws-cn:s3:::b";
    expect(refusals(statement(`Effect: Allow, Action: "*", Resource: "${china}"`))).toEqual([
      `wrong-partition ${china}`,
    ]);
    expect(refusals(statement(`Effect: Allow, Action: "*", NotResource: ["${china}"]`))).toEqual([
      `wrong-partition ${china}`,
    ]);
  });

  test("Sid: letters and digits, unique in a role", () => {
    expect(refusals(statement(`Sid: a-b, ${rest}`))).toEqual(["malformed-sid a-b"]);
    expect(refusals(statement(`Sid: "", ${rest}`))).toEqual(["malformed-sid "]);
    expect(refusals(roleWith(`statements: [{ Sid: A, ${rest} }, { Sid: A, ${rest} }]`))).toEqual([
      "duplicate-sid A",
    ]);
    expect(refusals(roleWith(`statements: [{ Sid: A, ${rest} }, { Sid: B, ${rest} }, { ${rest} }]`))).toEqual(
      [],
    );
  });

  test("no principal: the message gives the reason", () => {
    expect(refusals(statement(`${rest}, Principal: "*"`))).toEqual(["principal-refused Principal"]);
    expect(refusals(statement(`${rest}, NotPrincipal: { AWS: "*" }`))).toEqual([
      "principal-refused NotPrincipal",
    ]);
  });
});

describe("conditions", () => {
  const condition = (text: string): string => statement(`${rest}, Condition: ${text}`);

  test("operators", () => {
    for (const good of [
      "StringEquals",
      "StringNotLikeIfExists",
      "ForAnyValue:StringLike",
      "ForAllValues:StringEqualsIfExists",
      "Bool",
      "BoolIfExists",
      "Null",
      "IpAddress",
      "NotIpAddress",
      "NumericLessThanEquals",
      "DateGreaterThan",
      "ArnLike",
      "BinaryEquals",
    ]) {
      expect(conditionOperators.has(good)).toBe(true);
      expect(refusals(condition(`{ "${good}": { "aws:x": "y" } }`))).toEqual([]);
    }
    for (const bad of [
      "stringEquals",
      "StringEqual",
      "NullIfExists",
      "ForAnyValues:StringLike",
      "BinaryLike",
      "StringEqualsIfExistsIfExists",
      "",
    ]) {
      expect(refusals(condition(`{ "${bad}": { "aws:x": "y" } }`))).toEqual([`unknown-operator ${bad}`]);
    }
  });

  test("values are strings: quotes are required where YAML reads another type", () => {
    for (const bad of ["true", "12", "0012", "1.50"]) {
      expect(refusals(condition(`{ StringEquals: { "aws:x": ${bad} } }`))).toEqual([`wrong-type ${bad}`]);
      expect(refusals(condition(`{ StringEquals: { "aws:x": [a, ${bad}] } }`))).toEqual([
        `wrong-type ${bad}`,
      ]);
      expect(problemsOf(condition(`{ StringEquals: { "aws:x": ${bad} } }`))[0]?.fix).toContain(`"${bad}"`);
      expect(refusals(condition(`{ StringEquals: { "aws:x": "${bad}" } }`))).toEqual([]);
    }
  });

  test("keys, and no empty values", () => {
    expect(refusals(condition(`{ StringEquals: { "aws:ResourceTag/cost center": x } }`))).toEqual([]);
    expect(refusals(condition(`{ StringEquals: { "oidc.circleci.com/org/x:sub": x } }`))).toEqual([]);
    expect(refusals(condition("{ StringEquals: { sub: x } }"))).toEqual(["malformed-condition-key sub"]);
    expect(refusals(condition("{}"))).toEqual(["empty-map {}"]);
    expect(refusals(condition("{ StringEquals: {} }"))).toEqual(["empty-map {}"]);
    expect(refusals(condition(`{ StringEquals: { "aws:x": [] } }`))).toEqual(["empty-list []"]);
    expect(refusals(condition("{ StringEquals: x }"))).toEqual(["wrong-value x"]);
  });
});
