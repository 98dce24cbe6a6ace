import { changesIn, progressIn, warningsIn, withoutWarnings } from "../../../lib/start/deploy/terraform-text";

test.each([
  ["Apply complete! Resources: 7 added, 0 changed, 1 destroyed.", "7 added, 1 destroyed"],
  ["Apply complete! Resources: 2 imported, 0 added, 0 changed, 0 destroyed.", "2 imported"],
  ["Apply complete! Resources: 0 added, 0 changed, 0 destroyed.", "no changes"],
  ["Destroy complete! Resources: 3 destroyed.", "3 destroyed"],
  ["Plan: 7 to add, 0 to change, 0 to destroy.", "7 to add"],
  ["Plan: 1 to import, 0 to add, 0 to change, 0 to destroy, 1 to forget.", "1 to import, 1 to forget"],
  ["No changes. Your infrastructure matches the configuration.", "no changes"],
  ['Changes to Outputs:\n  + out = "one"', "outputs only"],
  ["Error: no", undefined],
])("%s", (line, changes) => {
  expect(changesIn(`before\n${line}\nafter\n`)).toBe(changes);
});

test("progress counts what has ended of what is planned", () => {
  const plan = "Plan: 1 to import, 2 to add, 0 to change, 1 to destroy.\n";
  expect(progressIn("Refreshing state\n")).toBeUndefined();
  expect(progressIn(plan)).toBe("0 of 4");
  const lines = [
    "aws_iam_role.a: Creation complete after 0s [id=a]",
    "aws_s3_bucket.b: Import complete [id=b]",
    "aws_iam_role.c: Still creating... [10s elapsed]",
  ];
  expect(progressIn(`${plan}${lines.join("\n")}\n`)).toBe("2 of 4");
});

const WARNING = `╷
│ Warning: Argument is deprecated
│ 
│   with aws_s3_bucket.files,
│   on cdk.tf.json line 100, in resource.aws_s3_bucket.files:
│  100:         "lifecycle_rule": [
│ 
│ lifecycle_rule is deprecated. Use the aws_s3_bucket_lifecycle_configuration
│ resource instead.
│ 
│ (and one more similar warning elsewhere)
╵
`;
const ERROR = "╷\n│ Error: no\n│ \n│ Really\n╵\n";

test("a warning is its summary and its text, without the place", () => {
  expect(warningsIn(`a\n${WARNING}b\n${ERROR}${WARNING}`)).toEqual([
    {
      summary: "Argument is deprecated",
      detail: "lifecycle_rule is deprecated. Use the aws_s3_bucket_lifecycle_configuration resource instead.",
    },
  ]);
});

test("only warnings are taken out of a plan", () => {
  expect(withoutWarnings(`a\n${WARNING}${ERROR}b\n`)).toBe(`a\n\n${ERROR}b\n`);
});

test("of a warning without a frame, the summary is kept", () => {
  expect(warningsIn("a\n\nWarning: Old\n\nUse the new one.\n")).toEqual([{ summary: "Old", detail: "" }]);
});
