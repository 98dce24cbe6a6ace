import { describeRequest } from "../../../../lib/iam/prove/requests/describe-request";

const request = { action: "s3:GetObject", resource: "arn:aws:s3:::acme/index.html", keys: [], facts: [] };

test("what is called on what", () => {
  expect(describeRequest(request)).toBe("s3:GetObject on arn:aws:s3:::acme/index.html");
});

test("by whom, with which keys and without which, and what must be so besides", () => {
  const described = describeRequest({
    ...request,
    caller: "anybody",
    keys: [
      { key: "aws:SourceVpc", values: ["vpc-1"] },
      { key: "aws:TagKeys", values: ["a", "b"] },
      { key: "aws:PrincipalOrgID", values: "absent" },
    ],
    facts: [
      { key: "aws:SecureTransport", saying: "Bool true", holds: false },
      { key: "arn:aws:iam::aws:policy/ReadOnlyAccess", saying: "allows it", holds: true },
    ],
  });
  expect(described).toBe(
    "s3:GetObject on arn:aws:s3:::acme/index.html by anybody with aws:SourceVpc = vpc-1, aws:TagKeys = a and b and without aws:PrincipalOrgID " +
      "(if not aws:SecureTransport: Bool true, and arn:aws:iam::aws:policy/ReadOnlyAccess: allows it)",
  );
});
