import { schemaOfStacks } from "../../../dev/e2e/providers/schema-of-stacks";

/** A field of a protocol buffer with a length. */
function field(number: number, ...content: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(content);
  const length = bytes.length < 128 ? [bytes.length] : [(bytes.length & 127) | 128, bytes.length >> 7];
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), bytes]);
}

const text = (value: string): Buffer => Buffer.from(value);
/** An entry of the map in a field: a type and its schema, which is longer than 127 bytes. */
const entry = (number: number, type: string): Buffer =>
  field(number, field(1, text(type)), field(2, text(`${type} `.repeat(30))));

test("types that stacks have are kept, with all that is not a type; others are left out", () => {
  const provider = field(1, text("provider"));
  const capabilities = field(6, Buffer.from([8, 1]));
  const schema = [
    provider,
    ...[entry(2, "aws_iam_role"), entry(2, "aws_instance"), entry(2, "aws_s3_bucket")],
    ...[entry(3, "aws_ami"), entry(3, "aws_iam_policy_document")],
    ...[entry(8, "aws_lambda_invocation"), capabilities],
  ];
  expect(schemaOfStacks(Buffer.concat(schema))).toEqual(
    Buffer.concat([
      ...[provider, entry(2, "aws_iam_role"), entry(2, "aws_s3_bucket")],
      ...[entry(3, "aws_iam_policy_document"), capabilities],
    ]),
  );
});

test.each([
  ["a field without a length", Buffer.from([1 << 3, 5]), "field 8 at 0 has no length"],
  ["a field that is cut off", entry(2, "aws_iam_role").subarray(0, -1), "ends at"],
])("%s is an error", (_, response, message) => {
  expect(() => schemaOfStacks(response)).toThrow(message);
});
