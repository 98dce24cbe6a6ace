import { accepted, fileOf, problemsOf } from "./sample";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/0d5b4a52-9e7d-4c6f-8b7a-1d11f4602d2c";

const withEncryption = (encryption: string) =>
  fileOf({
    accounts: `{ main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state, encryption: ${encryption} } } }`,
  });

test.each([
  [`{ keyProvider: aws_kms, kmsKey: "${KEY}" }`, { keyProvider: "aws_kms", kmsKey: KEY, migrates: false }],
  ["{ keyProvider: pbkdf2, migrate: true }", { keyProvider: "pbkdf2", migrates: true }],
  [undefined, undefined],
])("%s", (encryption, stateEncryption) => {
  const [account] = accepted(encryption === undefined ? fileOf() : withEncryption(encryption)).accounts;
  expect(account?.stateEncryption).toEqual(stateEncryption);
});

test.each([
  ["{ keyProvider: aws_kms }", "encryption-key"],
  [`{ keyProvider: pbkdf2, kmsKey: "${KEY}" }`, "encryption-key"],
  [`{ keyProvider: aws_kms, kmsKey: "${KEY.replace("aws", "aws-cn")}" }`, "wrong-partition"],
  ["{ keyProvider: aws_kms, kmsKey: alias/state }", "malformed-arn"],
  ["{ keyProvider: gcp_kms }", "wrong-value"],
  [`{ kmsKey: "${KEY}" }`, "missing-key"],
  ["{ keyProvider: pbkdf2, passphrase: correct horse battery }", "unknown-key"],
])("refused: %s", (encryption, code) => {
  expect(problemsOf(withEncryption(encryption)).map((problem) => problem.code)).toEqual([code]);
});
