import { describeConditions, describeRequest, tokenAsJson } from "../../lib/describe/counterexample";

const request = { action: "s3:GetObject", resource: "arn:aws:s3:::acme/index.html", keys: [], facts: [] };

test("the call and its resource", () => {
  expect(describeRequest(request)).toBe("s3:GetObject on arn:aws:s3:::acme/index.html");
});

test("the caller, the present and absent keys, and further requirements", () => {
  const described = describeRequest({
    ...request,
    caller: "anyone",
    keys: [
      { key: "aws:SourceVpc", values: ["vpc-1"] },
      { key: "aws:TagKeys", values: ["a", "b"] },
      { key: "aws:PrincipalOrgID", values: "absent" },
    ],
    facts: [
      { key: "the caller's identity policies", saying: "allow it", holds: false },
      { key: "arn:aws:iam::aws:policy/ReadOnlyAccess", saying: "allows it", holds: true },
    ],
  });
  expect(described).toBe(
    "s3:GetObject on arn:aws:s3:::acme/index.html by anyone with aws:SourceVpc = vpc-1, aws:TagKeys = a and b and without aws:PrincipalOrgID " +
      "(unless the caller's identity policies allow it, and if arn:aws:iam::aws:policy/ReadOnlyAccess allows it)",
  );
});

test("JSON has each fact with its text, whether it holds, and its values", () => {
  const claims = { iss: "https://oidc.circleci.com/org/x" };
  const requirement = {
    type: "text",
    isList: false,
    isComplete: true,
    answers: [{ texts: ["vpc-1"], isLiteral: true, some: false, every: false }],
  } as const;
  const facts = [
    { key: "aws:SourceVpc", values: ["vpc-2"], requirement },
    { key: "arn:aws:iam::aws:policy/ReadOnlyAccess", saying: "allows it", holds: true },
  ];
  expect(tokenAsJson({ provider: "arn", claims, facts })).toEqual({
    provider: "arn",
    claims,
    facts: [
      {
        key: "aws:SourceVpc",
        saying: "from outside VPC vpc-1",
        holds: true,
        values: ["vpc-2"],
      },
      { key: "arn:aws:iam::aws:policy/ReadOnlyAccess", saying: "allows it", holds: true },
    ],
  });
});

test("of what no plan contains, only the name is quoted", () => {
  const boundary = "arn:aws:iam::123456789012:policy/Boundary";
  const facts = [
    { key: boundary, saying: "allows it", holds: true },
    { key: boundary, saying: "denies it", holds: false },
  ];
  const parts = describeConditions(facts).map((part) =>
    typeof part === "string" ? part : `<${part.quoted}>`,
  );
  expect(parts.join("")).toBe(`, if <${boundary}> allows it, and unless <${boundary}> denies it`);
});
